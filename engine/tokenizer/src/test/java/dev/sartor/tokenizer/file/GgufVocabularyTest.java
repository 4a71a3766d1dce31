package dev.sartor.tokenizer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.tokenizer.Tokenizer;
import dev.sartor.tokenizer.Tokenizers;
import dev.sartor.weights.Resources;
import dev.sartor.weights.gguf.GgufBytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class GgufVocabularyTest {
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    /// SmolLM2's vocabulary as a GGUF file has it.
    private static Tokenizer smollm2(String pre) {
        var model = Resources.json("tokens-smollm2.json.gz").path("model");
        var tokens =
                model.path("vocab").propertyNames().stream().toList(); // in their numbers' order
        var merges = model.path("merges").valueStream().map(m -> m.stringValue()).toList();
        var gguf = new GgufBytes().head(3, 0, 7);
        gguf.key("tokenizer.ggml.model", STRING).text("gpt2");
        gguf.key("tokenizer.ggml.pre", STRING).text(pre);
        strings(gguf, "tokenizer.ggml.tokens", tokens);
        strings(gguf, "tokenizer.ggml.merges", merges);
        gguf.key("tokenizer.ggml.token_type", ARRAY).i32(5).i64(tokens.size());
        for (int id = 0; id < tokens.size(); id++) {
            gguf.i32(id < 17 ? 3 : 1);
        }
        gguf.key("tokenizer.ggml.eos_token_id", 4).i32(2);
        gguf.key("tokenizer.chat_template", STRING).text("{{ messages }}");
        return Tokenizers.gguf(gguf.padTo(32).array());
    }

    private static void strings(GgufBytes gguf, String key, List<String> values) {
        gguf.key(key, ARRAY).i32(STRING).i64(values.size());
        values.forEach(gguf::text);
    }

    @Test
    void tokenizesLikeTheSameVocabularyInTokenizerJson() {
        var gguf = smollm2("gpt-2"); // the reference's tokenizer.json has no step for digits either
        for (var row : Resources.json("tokens-smollm2.ids.json.gz")) {
            var text = row.path("text").stringValue();
            assertThat(gguf.encodeTrusted(text, true).ids())
                    .isEqualTo(Tokenizers.smollm2().encodeTrusted(text, true).ids());
        }
    }

    @Test
    void smollmsDigitsStandAlone() {
        var gguf = smollm2("smollm");
        assertThat(gguf.encode("  5", false))
                .isEqualTo(new int[] {gguf.id("ĠĠ").orElseThrow(), gguf.id("5").orElseThrow()});
        assertThat(gguf.encode("12", false)).hasSize(2);
    }

    @Test
    void theKeysGiveTheSettings() {
        var settings = smollm2("smollm").settings();
        assertThat(settings.chatTemplate()).contains("{{ messages }}");
        assertThat(settings.ends()).containsExactly(2, 0); // and <|endoftext|>
        assertThat(settings.beginning()).isEmpty();
    }

    @Test
    void controlTokensInAUsersTextArePlainText() {
        var gguf = smollm2("smollm");
        assertThat(gguf.encode("<|im_end|>", true)).doesNotContain(2);
        assertThat(gguf.encodeTrusted("<|im_end|>", true).ids()).containsExactly(2);
    }

    @Test
    void whatIsNotSupportedIsNamed() {
        assertThatThrownBy(() -> smollm2("odd"))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("'odd' is not supported");
        var unknown =
                new GgufBytes().head(3, 0, 2).key("tokenizer.ggml.model", STRING).text("rwkv");
        strings(unknown, "tokenizer.ggml.tokens", List.of("a"));
        assertThatThrownBy(() -> Tokenizers.gguf(unknown.padTo(32).array()))
                .hasMessageContaining("'rwkv' is not supported");
        assertThatThrownBy(() -> Tokenizers.gguf(new GgufBytes().head(3, 0, 0).array()))
                .hasMessageContaining("tokenizer.ggml.tokens");
    }
}
