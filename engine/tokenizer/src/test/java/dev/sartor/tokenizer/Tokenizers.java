package dev.sartor.tokenizer;

import dev.sartor.tokenizer.file.TokenizerReader;
import dev.sartor.weights.Resources;
import dev.sartor.weights.WeightAccess;
import dev.sartor.weights.gguf.GgufFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// The tokenizers that tests share; reading one takes a moment.
public final class Tokenizers {
    private static final Map<String, Tokenizer> OPEN = new ConcurrentHashMap<>();

    private Tokenizers() {}

    public static Tokenizer smollm2() {
        return json("smollm2");
    }

    static Tokenizer json(String name) {
        return Objects.requireNonNull(
                OPEN.computeIfAbsent(name, n -> json(Resources.bytes("tokens-" + n + ".json.gz"))));
    }

    static Tokenizer json(byte[] tokenizerJson) {
        return withFile(
                tokenizerJson,
                "tokenizer.json",
                file -> TokenizerReader.open(file.resolveSibling(".")));
    }

    public static Tokenizer gguf(byte[] bytes) {
        return withFile(
                bytes,
                "vocabulary.gguf",
                file -> {
                    try (var gguf = GgufFile.open(file, WeightAccess.COPIED)) {
                        return TokenizerReader.of(gguf.metadata());
                    }
                });
    }

    /// A sentencepiece model that puts nothing around a text.
    static Tokenizer sentencePiece(byte[] model) {
        return withFile(
                model,
                "tokenizer.model",
                file -> {
                    var config = file.resolveSibling("tokenizer_config.json");
                    try {
                        Files.writeString(
                                config,
                                "{\"tokenizer_class\": \"LlamaTokenizer\", \"add_bos_token\": false}");
                        return TokenizerReader.open(file.resolveSibling("."));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } finally {
                        config.toFile().delete();
                    }
                });
    }

    private interface Opening {
        Tokenizer open(Path file);
    }

    private static Tokenizer withFile(byte[] bytes, String name, Opening opening) {
        try {
            var folder = Files.createTempDirectory("tokenizer");
            var file = Files.write(folder.resolve(name), bytes);
            try {
                return opening.open(file.toAbsolutePath());
            } finally {
                Files.delete(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
