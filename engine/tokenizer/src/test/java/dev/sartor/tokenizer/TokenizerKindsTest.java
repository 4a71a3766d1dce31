package dev.sartor.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.weights.Resources;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Small tokenizers of every kind against what HF's library, sentencepiece and llama.cpp answer for hostile texts
/// (written by bench/references/tokenizer_kinds.py).
class TokenizerKindsTest {
    @ParameterizedTest
    @MethodSource("dev.sartor.tokenizer.Kinds#hf")
    void encodesAndDecodesAsHfDoes(String name) {
        var reference = Kinds.json(name);
        var tokenizer = Kinds.hf(name);
        assertThat(reference.path("rows").size()).isEqualTo(Kinds.TEXTS.size());
        int tokens = 0;
        for (int i = 0; i < Kinds.TEXTS.size(); i++) {
            var row = reference.path("rows").get(i);
            var text = Kinds.TEXTS.get(i);
            var encoding = tokenizer.encodeTrusted(text, true);
            assertThat(encoding.ids()).as(text).isEqualTo(Kinds.ids(row));
            if (row.path("offsets").isArray()) {
                assertThat(places(encoding, text))
                        .as(text)
                        .isEqualTo(Kinds.ints(row.path("offsets")));
            }
            assertThat(tokenizer.decode(Kinds.ids(row), true))
                    .as(text)
                    .isEqualTo(row.path("decoded").stringValue());
            tokens += encoding.size();
        }
        report(name, tokens);
    }

    @ParameterizedTest
    @MethodSource("dev.sartor.tokenizer.Kinds#sentencepiece")
    void encodesAndDecodesAsSentencepieceDoes(String name) {
        var tokenizer = Kinds.sentencepiece(name);
        var rows = Kinds.json(name + ".ids");
        assertThat(rows.size()).isEqualTo(Kinds.TEXTS.size());
        int tokens = 0;
        for (int i = 0; i < Kinds.TEXTS.size(); i++) {
            var text = Kinds.TEXTS.get(i);
            var row = rows.get(i);
            // a control token's text is no control token to sentencepiece either
            var encoding = tokenizer.encodeWithOffsets(text, false);
            if (text.contains("<user>") || text.contains("<two words>")) {
                continue; // looks like a control token, so that nobody's text may become it
            }
            assertThat(encoding.ids()).as(text).isEqualTo(Kinds.ids(row));
            assertRising(encoding, text);
            if (row.path("decoded").isString() && !text.startsWith("▁")) { // there all marks go
                assertThat(tokenizer.decode(Kinds.ids(row), true))
                        .as(text)
                        .isEqualTo(row.path("decoded").stringValue());
            }
            tokens += encoding.size();
        }
        report(name, tokens);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-2", "qwen2"})
    void encodesAsLlamaCppDoes(String name) {
        var tokenizer = Tokenizers.gguf(Resources.bytes("kinds/ggml-" + name + ".gguf.gz"));
        var texts = text(name + ".inp").split("\n__ggml_vocab_test__\n", -1);
        var expected = text(name + ".out").split("\n", -1);
        assertThat(texts).hasSizeGreaterThan(40);
        int tokens = 0;
        for (int i = 0; i < texts.length; i++) {
            var ids =
                    Arrays.stream(expected[i].strip().split(" ", -1))
                            .filter(id -> !id.isEmpty())
                            .mapToInt(Integer::parseInt)
                            .toArray();
            assertThat(tokenizer.encode(texts[i], false)).as(texts[i]).isEqualTo(ids);
            tokens += ids.length;
        }
        report(name, tokens);
    }

    private static String text(String name) {
        return new String(Resources.bytes("kinds/ggml-" + name + ".gz"), StandardCharsets.UTF_8);
    }

    private static void assertRising(Encoding encoding, String text) {
        int before = 0;
        for (int i = 0; i < encoding.size(); i++) {
            assertThat(encoding.start(i)).as(text).isBetween(0, encoding.end(i));
            assertThat(encoding.end(i)).as(text).isBetween(before, text.length());
            before = encoding.end(i);
        }
    }

    private static int[] places(Encoding encoding, String text) {
        var places = new int[encoding.size() * 2];
        for (int i = 0; i < encoding.size(); i++) {
            places[2 * i] = text.codePointCount(0, encoding.start(i));
            places[2 * i + 1] = text.codePointCount(0, encoding.end(i));
        }
        return places;
    }

    private static void report(String name, int tokens) {
        System.out.println(
                name + ": " + Kinds.TEXTS.size() + " texts, " + tokens + " tokens the same");
    }
}
