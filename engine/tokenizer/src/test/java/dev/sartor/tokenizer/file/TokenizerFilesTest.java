package dev.sartor.tokenizer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.tokenizer.Kinds;
import dev.sartor.tokenizer.Tokenizer;
import dev.sartor.weights.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Folders that hold no tokenizer.json.
class TokenizerFilesTest {
    @TempDir Path folder;

    private void config(Map<String, Object> config) throws IOException {
        Files.writeString(folder.resolve("tokenizer_config.json"), Json.line(config));
    }

    /// The same tokens as those of the tokenizer.json that the files were taken from.
    private void assertSame(String kind, Tokenizer tokenizer) {
        var rows = Kinds.json(kind).path("rows");
        for (int i = 0; i < Kinds.TEXTS.size(); i++) {
            var text = Kinds.TEXTS.get(i);
            assertThat(tokenizer.encodeTrusted(text, true).ids())
                    .as(text)
                    .isEqualTo(Kinds.ids(rows.get(i)));
        }
    }

    private Map<String, Object> added(JsonNode tokenizer) {
        return tokenizer
                .path("added_tokens")
                .valueStream()
                .collect(Collectors.toMap(token -> token.path("id").toString(), token -> token));
    }

    private JsonNode bytePairs(String kind) throws IOException {
        var json = Kinds.json(kind).path("tokenizer");
        var merges = new StringBuilder("#version: 0.2\n");
        for (var merge : json.path("model").path("merges")) {
            merges.append(merge.get(0).stringValue()).append(' ');
            merges.append(merge.get(1).stringValue()).append('\n');
        }
        Files.writeString(folder.resolve("merges.txt"), merges);
        Files.writeString(
                folder.resolve("vocab.json"), json.path("model").path("vocab").toString());
        return json;
    }

    @ParameterizedTest
    @CsvSource({"roberta, RobertaTokenizer, true", "qwen2, Qwen2TokenizerFast, false"})
    void vocabularyAndMergesAreReadAsTheirFamilyDoes(String kind, String name, boolean space)
            throws IOException {
        var json = bytePairs(kind);
        config(
                Map.of(
                        "tokenizer_class",
                        name,
                        "add_prefix_space",
                        space,
                        "added_tokens_decoder",
                        added(json),
                        "cls_token",
                        "<s>",
                        "sep_token",
                        "</s>"));
        assertSame(kind, TokenizerReader.open(folder));
    }

    @Test
    void aListOfWordPiecesIsReadAsBertDoes() throws IOException {
        var json = Kinds.json("wordpiece-cased").path("tokenizer");
        var byId = new TreeMap<Integer, String>();
        json.path("model")
                .path("vocab")
                .properties()
                .forEach(e -> byId.put(e.getValue().intValue(), e.getKey()));
        Files.write(folder.resolve("vocab.txt"), byId.values());
        config(
                Map.of(
                        "tokenizer_class",
                        "BertTokenizer",
                        "do_lower_case",
                        false,
                        "mask_token",
                        "[MASK]",
                        "cls_token",
                        "[CLS]",
                        "sep_token",
                        "[SEP]",
                        "unk_token",
                        "[UNK]",
                        "pad_token",
                        "[PAD]"));
        assertSame("wordpiece-cased", TokenizerReader.open(folder));
    }

    private Tokenizer sentencepiece(String kind, Map<String, Object> config) throws IOException {
        Files.write(
                folder.resolve("tokenizer.model"), Resources.bytes("kinds/" + kind + ".model.gz"));
        config(config);
        return TokenizerReader.open(folder);
    }

    @Test
    void llamaBeginsATextAndT5EndsIt() throws IOException {
        int[] bare =
                sentencepiece(
                                "sp-bpe-llama",
                                Map.of("tokenizer_class", "LlamaTokenizer", "add_bos_token", false))
                        .encode("word", true);
        var llama = sentencepiece("sp-bpe-llama", Map.of("tokenizer_class", "LlamaTokenizer"));
        assertThat(llama.encode("word", true))
                .startsWith(1)
                .endsWith(bare)
                .hasSize(bare.length + 1);
        assertThat(llama.encode("word", false)).isEqualTo(bare);
        var both =
                sentencepiece(
                        "sp-bpe-llama",
                        Map.of("tokenizer_class", "LlamaTokenizerFast", "add_eos_token", true));
        assertThat(both.encode("word", true)).startsWith(1).endsWith(2).hasSize(bare.length + 2);
        var gemma =
                sentencepiece(
                        "sp-bpe-gemma",
                        Map.of(
                                "tokenizer_class",
                                "GemmaTokenizer",
                                "bos_token",
                                "<s>",
                                "eos_token",
                                "</s>"));
        assertThat(gemma.encode("word", true)).startsWith(2);
        var t5 =
                sentencepiece(
                        "sp-unigram", Map.of("tokenizer_class", "T5Tokenizer", "extra_ids", 3));
        int pieces = t5.vocabularySize() - 3;
        assertThat(t5.encode("word", true)).endsWith(2);
        assertThat(t5.id("<extra_id_0>")).hasValue(pieces + 2);
        assertThat(t5.encodeTrusted("<extra_id_2>", false).ids()).containsExactly(pieces);
    }

    @Test
    void xlmRobertasPiecesAreMovedByOne() throws IOException {
        var bare =
                sentencepiece(
                        "sp-unigram",
                        Map.of("tokenizer_class", "LlamaTokenizer", "add_bos_token", false));
        var moved = sentencepiece("sp-unigram", Map.of("tokenizer_class", "XLMRobertaTokenizer"));
        var expected = new ArrayList<Integer>(List.of(0));
        for (int id : bare.encode("two words 🦊", false)) {
            expected.add(id == 0 ? 3 : id + 1);
        }
        expected.add(2);
        assertThat(moved.encode("two words 🦊", true))
                .containsExactly(expected.stream().mapToInt(i -> i).toArray());
        assertThat(moved.id("<mask>")).hasValue(moved.vocabularySize() - 1);
        assertThat(moved.encodePair("a", "b").ids()).contains(2, 2).startsWith(0).endsWith(2);
    }

    @Test
    void addedTokensHaveTheirNumbers() throws IOException {
        var tokens = Map.of("600", Map.of("content", "<x>", "special", true));
        Files.writeString(folder.resolve("added_tokens.json"), "{\"<y>\": 1300}");
        var tokenizer =
                sentencepiece(
                        "sp-bpe-llama",
                        Map.of(
                                "tokenizer_class",
                                "LlamaTokenizer",
                                "added_tokens_decoder",
                                Map.of("1299", tokens.get("600"))));
        assertThat(tokenizer.encodeTrusted("<x><y>", false).ids()).containsExactly(1299, 1300);
        assertThatThrownBy(() ->
                        sentencepiece(
                                "sp-bpe-llama",
                                Map.of(
                                        "tokenizer_class",
                                        "LlamaTokenizer",
                                        "added_tokens_decoder",
                                        tokens)))
                .hasMessageContaining("the token 600 is '<x>'");
    }

    @Test
    void aFamilyThatIsNotKnownIsNamedWithTheNextStep() throws IOException {
        assertThatThrownBy(() ->
                        sentencepiece(
                                "sp-unigram", Map.of("tokenizer_class", "CamembertTokenizer")))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("'Camembert'")
                .hasMessageContaining("save_pretrained");
        assertThatThrownBy(() ->
                        sentencepiece("sp-unigram", Map.of("tokenizer_class", "BertTokenizer")))
                .hasMessageContaining("is a sentencepiece model");
        Files.delete(folder.resolve("tokenizer.model"));
        bytePairs("qwen2");
        assertThatThrownBy(() -> TokenizerReader.open(folder)).hasMessageContaining("BERT");
    }

    @Test
    void ofSeveralTemplatesOneMustBeTheUsual() throws IOException {
        var two =
                List.of(
                        Map.of("name", "rag", "template", "R"),
                        Map.of("name", "tool_use", "template", "T"));
        assertThatThrownBy(() ->
                        sentencepiece(
                                "sp-bpe-llama",
                                Map.of("tokenizer_class", "LlamaTokenizer", "chat_template", two)))
                .hasMessageContaining("must be named 'default', found [rag, tool_use]");
        var one =
                sentencepiece(
                        "sp-bpe-llama",
                        Map.of(
                                "tokenizer_class",
                                "LlamaTokenizer",
                                "chat_template",
                                two.subList(0, 1)));
        assertThat(one.settings().chatTemplate()).contains("R");
        Files.writeString(folder.resolve("chat_template.json"), "{\"chat_template\": \"J\"}");
        var beside = sentencepiece("sp-bpe-llama", Map.of("tokenizer_class", "LlamaTokenizer"));
        assertThat(beside.settings().chatTemplate()).contains("J");
    }
}
