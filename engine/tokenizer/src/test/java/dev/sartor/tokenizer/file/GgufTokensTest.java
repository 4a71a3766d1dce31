package dev.sartor.tokenizer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.tokenizer.Tokenizer;
import dev.sartor.weights.Resources;
import dev.sartor.weights.gguf.GgufKeys;
import dev.sartor.weights.gguf.GgufMetadata;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokenizers that go from a folder into a GGUF file's keys and from there into a folder: the same tokens for the texts that HF's
/// library answered for.
class GgufTokensTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"smollm2, gpt2, gpt-2", "llama2-like, llama, default"})
    void aFoldersTokenizerIsTheSameInAGgufFileAndInAFolderMadeOfThat(
            String name, String model, String pre) throws Exception {
        var written =
                folder(
                        Resources.bytes("tokens-" + name + ".json.gz"),
                        "{\"chat_template\": \"{{ messages }}\", \"bos_token\": \"<s>\"}");
        var keys = new GgufKeys();
        var original = TokenizerReader.open(written);
        assertThat(new GgufTokens(written, original.vocabularySize() + 3, keys).write()).isEmpty();
        var metadata = new GgufMetadata(written, keys.values());
        assertThat(metadata.string("tokenizer.ggml.model")).contains(model);
        assertThat(metadata.string("tokenizer.ggml.pre")).contains(pre);
        assertThat(metadata.string("tokenizer.chat_template")).contains("{{ messages }}");
        assertThat(metadata.strings("tokenizer.ggml.tokens").orElseThrow())
                .hasSize(original.vocabularySize() + 3);
        var again = Files.createDirectory(folder.resolve("again"));
        TokenizerFiles.of(metadata).write(again);
        assertSame(name, original, TokenizerReader.of(metadata));
        assertSame(name, original, TokenizerReader.open(again));
        assertThat(TokenizerReader.open(again).settings().chatTemplate())
                .contains("{{ messages }}");
    }

    private static void assertSame(String name, Tokenizer original, Tokenizer made) {
        for (var row : Resources.json("tokens-" + name + ".ids.json.gz")) {
            var text = row.path("text").stringValue();
            assertThat(made.encode(text, true)).as(text).isEqualTo(original.encode(text, true));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-2", "qwen2", "llama-bpe", "smollm"})
    void everyNameOfWordsComesBackAsItself(String pre) throws Exception {
        var first = folder(Resources.bytes("tokens-smollm2.json.gz"), "{}");
        var keys = new GgufKeys();
        new GgufTokens(first, 1, keys).write();
        keys.put("tokenizer.ggml.pre", pre);
        keys.put("tokenizer.ggml.add_bos_token", false);
        var again = Files.createDirectory(folder.resolve("again"));
        TokenizerFiles.of(new GgufMetadata(first, keys.values())).write(again);
        var found = new GgufKeys();
        new GgufTokens(again, 1, found).write();
        assertThat(found.values()).containsEntry("tokenizer.ggml.pre", pre);
    }

    @Test
    void aTokenizerThatGgufHasNoWordsForIsRefused() throws Exception {
        var written = folder(Resources.bytes("tokens-t5-like.json.gz"), "{}");
        assertThatThrownBy(() -> new GgufTokens(written, 1, new GgufKeys()).write())
                .hasMessageContaining("cannot be written as GGUF: it")
                .hasMessageContaining("convert_hf_to_gguf.py");
    }

    @Test
    void aFolderWithoutATokenizerSaysSo() {
        var keys = new GgufKeys();
        assertThat(new GgufTokens(folder, 1, keys).write())
                .singleElement()
                .asString()
                .contains("holds no tokenizer");
        assertThat(keys.values()).containsEntry("tokenizer.ggml.model", "none");
    }

    private Path folder(byte[] tokenizerJson, String config) throws Exception {
        var made = Files.createDirectory(folder.resolve("model"));
        Files.write(made.resolve("tokenizer.json"), tokenizerJson);
        Files.writeString(made.resolve("tokenizer_config.json"), config);
        return made;
    }
}
