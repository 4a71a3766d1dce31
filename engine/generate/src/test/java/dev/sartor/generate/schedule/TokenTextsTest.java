package dev.sartor.generate.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.generate.sample.JsonSchemaAnswersTest;
import dev.sartor.generate.sample.LogProbabilities;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("models")
class TokenTextsTest {
    @Test
    void tokensAreToldByTheirTextAndBytes() {
        var tokenizer = JsonSchemaAnswersTest.smolLm2();
        var ids = tokenizer.encode(" the 😀", false);
        int end = 2; // <|im_end|>
        var scores = new LogProbabilities(-1, new int[] {end, ids[1]}, new double[] {-0.5, -2});
        var score = new TokenTexts(tokenizer).of(ids[0], scores);
        assertThat(score.token().text()).isEqualTo(" the");
        assertThat(score.token().bytes())
                .containsExactly((byte) ' ', (byte) 't', (byte) 'h', (byte) 'e');
        assertThat(score.token().logProbability()).isEqualTo(-1);
        assertThat(score.top().getFirst().text()).isEqualTo("<|im_end|>");
        assertThat(score.top().get(1).logProbability()).isEqualTo(-2);
    }

    /// Together they are the text, though one token may be half a character; control tokens add nothing.
    @Test
    void theBytesOfATextsTokensAreTheText() {
        var tokenizer = JsonSchemaAnswersTest.smolLm2();
        var text = "Grüße, 日本 😀\n  {\"a\": [1.5e-3]}";
        var bytes = new java.io.ByteArrayOutputStream();
        for (int id : tokenizer.encode(text, false)) {
            bytes.writeBytes(tokenizer.bytes(id).orElseThrow());
        }
        assertThat(bytes.toString(java.nio.charset.StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(tokenizer.bytes(2)).isEmpty();
        assertThat(tokenizer.bytes(tokenizer.vocabularySize())).isEmpty();
    }
}
