package dev.sartor.model;

import java.util.List;

/// What a tokenizer is put together from.
///
/// @param vocabulary the model's tokens together with the added ones
record TokenizerParts(
        Vocabulary vocabulary,
        List<AddedToken> added,
        TextNormaliser normaliser,
        TextSplitter splitter,
        SubwordModel model,
        TokenTemplate template,
        TokenText text,
        TokenizerSettings settings) {
    TokenizerParts {
        added = List.copyOf(added);
    }
}
