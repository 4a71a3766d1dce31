package dev.sartor.tokenizer.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.tokenizer.Kinds;
import dev.sartor.tokenizer.Tokenizers;
import dev.sartor.tokenizer.text.AlignedText;
import dev.sartor.tokenizer.text.TextSplitter;
import dev.sartor.weights.Resources;
import dev.sartor.weights.gguf.GgufBytes;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufWordsTest {
    private static List<String> words(TextSplitter splitter, String text) {
        var words = new ArrayList<String>();
        splitter.split(AlignedText.plain(text, 0), word -> words.add(word.text()));
        return words;
    }

    /// The tokenizer.json of such a model has the same words; HF's library has encoded with it.
    @ParameterizedTest
    @CsvSource({
        "llama-bpe, llama3",
        "dbrx, llama3",
        "qwen2, qwen2",
        "tekken, tekken",
        "deepseek-v3, deepseek",
        "gpt-2, gpt-neox"
    })
    void aNamesWordsAreThoseOfTheModelsOwnTokenizer(String name, String kind) {
        var named = GgufWords.named(name).orElseThrow().splitter();
        var own =
                new TokenizerSteps(Path.of(kind))
                        .splitter(Kinds.json(kind).path("tokenizer").path("pre_tokenizer"))
                        .splitter();
        for (var text : Kinds.TEXTS) {
            assertThat(words(named, text)).as(text).isEqualTo(words(own, text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default",
                "falcon",
                "bloom",
                "viking",
                "gpt-4o",
                "llama4",
                "deepseek-llm",
                "deepseek-coder",
                "qwen35",
                "seed-coder",
                "smollm",
                "starcoder",
                "refact",
                "poro-chat",
                "roberta-bpe"
            })
    void noCharacterIsLost(String name) {
        var splitter = GgufWords.named(name).orElseThrow().splitter();
        for (var text : Kinds.TEXTS) {
            assertThat(String.join("", words(splitter, text))).isEqualTo(text);
        }
    }

    @Test
    void digitsAndCaseAreCutAsTheNamesSay() {
        assertThat(cut("default", "a1234b, c")).isEqualTo("a|123|4|b|,| c");
        assertThat(cut("falcon", "x 12345")).isEqualTo("x| |123|45");
        assertThat(cut("smollm", "x 12")).isEqualTo("x| |1|2");
        assertThat(cut("gpt-4o", "HelloWorld it's 12345")).isEqualTo("Hello|World| it's| |123|45");
        assertThat(cut("deepseek-llm", "Größe 12中文 ok")).isEqualTo("Gr|öß|e| |12|中文| ok");
        assertThat(GgufWords.named("odd")).isEmpty();
    }

    private static String cut(String name, String text) {
        return String.join("|", words(GgufWords.named(name).orElseThrow().splitter(), text));
    }

    /// sentencepiece's own model in a GGUF file's keys; sums of scores are kept in double precision there.
    @Test
    void aUnigramVocabularyInGgufGivesSentencepiecesTokens() {
        var model = Resources.bytes("kinds/sp-unigram.model.gz");
        var gguf = new GgufBytes().head(3, 0, 7);
        var in = new ProtobufCursor(Path.of("sp"), ByteBuffer.wrap(model));
        var tokens = new GgufBytes();
        var scores = new GgufBytes();
        var types = new GgufBytes();
        byte[] map = {};
        int count = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            var message = in.message();
            float score = 0;
            int type = 1;
            for (int inner = message.next(); inner != 0; inner = message.next()) {
                if (field == 1 && inner == 1) {
                    tokens.text(message.text());
                    count++;
                } else if (field == 1 && inner == 2) {
                    score = message.number();
                } else if (field == 1 && inner == 3) {
                    type = (int) message.integer();
                } else if (field == 3 && inner == 2) {
                    map = message.bytes();
                } else {
                    message.skip();
                }
            }
            if (field == 1) {
                scores.f32(score);
                types.i32(type);
            }
        }
        gguf.key("tokenizer.ggml.model", 8).text("t5");
        gguf.key("tokenizer.ggml.tokens", 9).i32(8).i64(count).bytes(tokens.array());
        gguf.key("tokenizer.ggml.scores", 9).i32(6).i64(count).bytes(scores.array());
        gguf.key("tokenizer.ggml.token_type", 9).i32(5).i64(count).bytes(types.array());
        gguf.key("tokenizer.ggml.precompiled_charsmap", 9).i32(0).i64(map.length).bytes(map);
        gguf.key("tokenizer.ggml.remove_extra_whitespaces", 7).i8(1);
        gguf.key("tokenizer.ggml.eos_token_id", 4).i32(2);
        var tokenizer = Tokenizers.gguf(gguf.padTo(32).array());
        var rows = Kinds.json("sp-unigram.ids");
        for (int i = 0; i < Kinds.TEXTS.size(); i++) {
            var text = Kinds.TEXTS.get(i);
            assertThat(tokenizer.encode(text, false)).as(text).isEqualTo(Kinds.ids(rows.get(i)));
        }
        assertThat(tokenizer.encode("word", true)).endsWith(2);
    }
}
