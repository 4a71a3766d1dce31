package dev.sartor.tokenizer.subword;

import dev.sartor.tokenizer.text.AlignedText;

/// Splits one word into tokens. Thread-safe.
@FunctionalInterface
public interface SubwordModel {
    void tokenize(AlignedText word, TokenList tokens);
}
