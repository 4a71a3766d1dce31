package dev.sartor.synthesis.check;

/// That a pair rests on a passage.
///
/// @param passage its number among {@link Passages}
public record Claim(Pair pair, int passage) {}
