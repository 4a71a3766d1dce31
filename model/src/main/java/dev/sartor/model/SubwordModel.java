package dev.sartor.model;

/// Splits one word into tokens. Thread-safe.
@FunctionalInterface
interface SubwordModel {
    void tokenize(AlignedText word, TokenList tokens);
}
