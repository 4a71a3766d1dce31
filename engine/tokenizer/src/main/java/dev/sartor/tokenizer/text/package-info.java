/// From a given text to the words that are split into tokens: normalisers and pre-tokenizers, aligned with the text
/// that they came from.
@NullMarked
package dev.sartor.tokenizer.text;

import org.jspecify.annotations.NullMarked;
