package dev.sartor.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Json;
import dev.sartor.weights.Resources;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Against what HF's library and llama.cpp answer.
class TokenizerReferenceTest {
    @ParameterizedTest
    @ValueSource(strings = {"smollm2", "all-minilm-l6-v2", "llama2-like", "t5-like"})
    void encodesAsHfDoes(String name) {
        var tokenizer = Tokenizers.json(name);
        for (var row : rows(name)) {
            check(name, tokenizer, row);
        }
    }

    private static void check(String name, Tokenizer tokenizer, JsonNode row) {
        var text = row.path("text").stringValue();
        var encoding = tokenizer.encodeTrusted(text, true);
        assertThat(encoding.ids()).as(name + ": " + text).isEqualTo(ids(row));
        var offsets = row.path("offsets");
        for (int i = 0; i < offsets.size(); i++) {
            assertThat(
                            List.of(encoding.start(i), encoding.end(i)).stream()
                                    .map(at -> text.codePointCount(0, at)))
                    .as("%s: place of token %d in %s", name, i, text)
                    .containsExactly(
                            offsets.get(i).get(0).intValue(), offsets.get(i).get(1).intValue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"smollm2", "all-minilm-l6-v2", "llama2-like", "t5-like"})
    void decodesAsHfDoesAtOnceAndAsTokensCome(String name) {
        var tokenizer = Tokenizers.json(name);
        for (var row : rows(name)) {
            var decoded = row.path("decoded").stringValue();
            assertThat(tokenizer.decode(ids(row), true)).isEqualTo(decoded);
            var stream = tokenizer.stream(true);
            var text = new StringBuilder();
            for (int id : ids(row)) {
                text.append(stream.push(id));
            }
            assertThat(text.append(stream.finish()).toString()).isEqualTo(decoded);
        }
    }

    static Stream<JsonNode> variants() {
        return Resources.json("tokens-variants.json.gz").valueStream();
    }

    /// The steps of Llama 3, Qwen, GPT-4o, RoBERTa, Gemma and others, and added tokens with every flag.
    @ParameterizedTest
    @MethodSource("variants")
    void otherFamiliesStepsDoWhatHfDoes(JsonNode variant) {
        var json =
                (ObjectNode)
                        Resources.json("tokens-" + variant.path("of").stringValue() + ".json.gz");
        variant.path("change")
                .properties()
                .forEach(each -> json.set(each.getKey(), each.getValue()));
        var model = (ObjectNode) json.path("model");
        variant.path("model")
                .properties()
                .forEach(each -> model.set(each.getKey(), each.getValue()));
        json.set("added_tokens", variant.path("added"));
        var tokenizer = Tokenizers.json(Json.mapper().writeValueAsBytes(json));
        for (var row : variant.path("rows")) {
            check(variant.path("name").stringValue(), tokenizer, row);
            assertThat(tokenizer.decode(ids(row), true))
                    .isEqualTo(row.path("decoded").stringValue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-bge", "phi-3"})
    void encodesAsLlamaCppDoes(String name) {
        var tokenizer = Tokenizers.gguf(Resources.bytes("tokens-" + name + ".gguf.gz"));
        var texts = lines(name + ".inp").split("\n__ggml_vocab_test__\n", -1);
        var expected = lines(name + ".out").split("\n", -1);
        assertThat(texts).hasSizeGreaterThan(40);
        for (int i = 0; i < texts.length; i++) {
            var ids =
                    Arrays.stream(expected[i].strip().split(" ", -1))
                            .filter(id -> !id.isEmpty())
                            .mapToInt(Integer::parseInt)
                            .toArray();
            assertThat(tokenizer.encode(texts[i], false)).as(texts[i]).isEqualTo(ids);
        }
    }

    private static String lines(String name) {
        return new String(Resources.bytes("tokens-" + name), StandardCharsets.UTF_8);
    }

    private static JsonNode rows(String name) {
        var rows = Resources.json("tokens-" + name + ".ids.json.gz");
        assertThat(rows.size()).isEqualTo(1223);
        return rows;
    }

    private static int[] ids(JsonNode row) {
        return row.path("ids").valueStream().mapToInt(JsonNode::intValue).toArray();
    }
}
