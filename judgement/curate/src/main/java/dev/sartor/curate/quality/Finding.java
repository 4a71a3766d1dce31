package dev.sartor.curate.quality;

/// Why a row is suspected.
///
/// @param rule such as `mean_word_length`
/// @param value what was measured
/// @param limit that the value went past
/// @param said a sentence for people, such as "mean word length is 2.1, at least 3 is asked for"
public record Finding(String rule, double value, double limit, String said) {}
