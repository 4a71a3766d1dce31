package dev.sartor.tokenizer.file;

import dev.sartor.tokenizer.Tokenizer;
import dev.sartor.weights.gguf.GgufMetadata;
import java.nio.file.Path;

/// Reads a model's tokenizer from its files.
public final class TokenizerReader {
    private TokenizerReader() {}

    /// @param folder holds tokenizer.json; else a sentencepiece model, vocab.json with merges.txt, or vocab.txt, with the
    ///     files beside them that say more
    public static Tokenizer open(Path folder) {
        return new Tokenizer(TokenizerFolder.parts(folder));
    }

    /// From the vocabulary in a GGUF file's keys.
    public static Tokenizer of(GgufMetadata metadata) {
        return new Tokenizer(GgufVocabulary.read(metadata));
    }
}
