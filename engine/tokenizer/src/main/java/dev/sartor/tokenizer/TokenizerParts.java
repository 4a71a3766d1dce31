package dev.sartor.tokenizer;

import dev.sartor.tokenizer.subword.SubwordModel;
import dev.sartor.tokenizer.subword.Vocabulary;
import dev.sartor.tokenizer.text.TextNormaliser;
import dev.sartor.tokenizer.text.TextSplitter;
import java.util.List;

/// What a tokenizer is put together from.
///
/// @param vocabulary the model's tokens together with the added ones
public record TokenizerParts(
        Vocabulary vocabulary,
        List<AddedToken> added,
        TextNormaliser normaliser,
        TextSplitter splitter,
        SubwordModel model,
        TokenTemplate template,
        TokenText text,
        TokenizerSettings settings) {
    public TokenizerParts {
        added = List.copyOf(added);
    }
}
