/// Tells texts that are no good to learn from, row by row: measures of quality and repetition, broken texts, languages, words that
/// insult, outliers. Every finding names its rule, the value and the limit. Knows texts and vectors alone, looks at each character a
/// bounded number of times, and changes nothing: what a repair would give is proposed.
@NullMarked
package dev.sartor.curate.quality;

import org.jspecify.annotations.NullMarked;
