package dev.sartor.tokenizer.text;

import java.util.List;
import java.util.function.Consumer;

/// Cuts normalised text into the words that the model splits into tokens, each alone. Thread-safe.
@FunctionalInterface
public interface TextSplitter {
    void split(AlignedText text, Consumer<AlignedText> words);

    static TextSplitter none() {
        return (text, words) -> words.accept(text);
    }

    static TextSplitter sequence(List<TextSplitter> steps) {
        return steps.stream()
                .reduce((first, second) ->
                        (text, words) -> first.split(text, piece -> second.split(piece, words)))
                .orElse(none());
    }
}
