package dev.sartor.tokenizer;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a model's files say about its tokenizer besides the vocabulary.
///
/// @param chatTemplate in the template language, as the model's makers wrote it
/// @param beginning the token that begins every text (bos)
/// @param ends the tokens that end an answer (eos, and those that end a turn)
/// @param unknown the token for what the vocabulary cannot say
/// @param padding the token that fills rows up
public record TokenizerSettings(
        Optional<String> chatTemplate,
        OptionalInt beginning,
        List<Integer> ends,
        OptionalInt unknown,
        OptionalInt padding) {
    public TokenizerSettings {
        ends = List.copyOf(ends);
    }

    static TokenizerSettings none() {
        return new TokenizerSettings(
                Optional.empty(),
                OptionalInt.empty(),
                List.of(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }
}
