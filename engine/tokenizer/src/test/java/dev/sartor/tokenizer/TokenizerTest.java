package dev.sartor.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.tokenizer.file.TokenizerReader;
import dev.sartor.weights.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerTest {
    @TempDir Path folder;

    @Test
    void aLongWordIsMergedLikeManyShortOnes() {
        var tokenizer = Tokenizers.smollm2();
        var random = new SplittableRandom(9);
        for (int round = 0; round < 200; round++) {
            var word = new StringBuilder();
            random.ints(100, 'a', 'e').forEach(word::appendCodePoint);
            var ids = tokenizer.encode(word.toString(), false);
            // what is found for the whole is stable for the parts between two token borders
            var text = new StringBuilder();
            for (int id : ids) {
                text.append(tokenizer.token(id));
                assertThat(tokenizer.encode(tokenizer.token(id), false)).containsExactly(id);
            }
            assertThat(text.toString()).isEqualTo(word.toString());
        }
    }

    @Test
    void aStreamNeverTearsACharacter() {
        var tokenizer = Tokenizers.smollm2();
        var random = new SplittableRandom(4);
        for (int round = 0; round < 300; round++) {
            var text =
                    random.ints(20, 0x20, 0x1ffff)
                            .filter(Character::isValidCodePoint)
                            .filter(c -> c < 0xd800 || c > 0xdfff)
                            .mapToObj(Character::toString)
                            .toList();
            var stream = tokenizer.stream(false);
            var parts =
                    IntStream.of(tokenizer.encode(String.join("", text), false))
                            .mapToObj(stream::push)
                            .toList();
            assertThat(String.join("", parts)).isEqualTo(String.join("", text));
            assertThat(parts).noneMatch(part -> part.contains("\ufffd"));
        }
    }

    @Test
    void anyTokensStreamToWhatTheyDecodeTo() {
        var tokenizer = Tokenizers.smollm2();
        var random = new SplittableRandom(8);
        for (int round = 0; round < 500; round++) {
            var ids = random.ints(30, 0, round % 2 == 0 ? 300 : 49152).toArray();
            var stream = tokenizer.stream(round % 3 == 0);
            var text = new StringBuilder();
            for (int id : ids) {
                text.append(stream.push(id));
            }
            text.append(stream.finish());
            assertThat(text.toString()).isEqualTo(tokenizer.decode(ids, round % 3 == 0));
        }
    }

    @Test
    void loneSurrogatesAreReplacedAndNumbersWithoutATokenAreSilent() {
        var tokenizer = Tokenizers.smollm2();
        assertThat(tokenizer.decode(tokenizer.encode("a\ud83e b", false), false))
                .isEqualTo("a\ufffd b");
        assertThat(tokenizer.decode(new int[] {-1, 49152, 1 << 30}, false)).isEmpty();
        assertThat(tokenizer.vocabularySize()).isEqualTo(49152);
        assertThat(tokenizer.id("nothing at all")).isEmpty();
        assertThat(tokenizer.isSpecial(2)).isTrue();
        assertThat(tokenizer.isSpecial(200)).isFalse();
    }

    @Test
    void aPairHasTheSegmentsThatItsTemplateSays() {
        var bert = Tokenizers.json("all-minilm-l6-v2");
        var pair = bert.encodePair("a dog", "a cat");
        assertThat(pair.ids()).startsWith(101).endsWith(102).hasSize(7);
        assertThat(pair.types()).containsExactly(0, 0, 0, 0, 1, 1, 1);
        assertThat(pair.start(5)).isEqualTo(2); // in the second text
    }

    @Test
    void theFilesBesideTheVocabularyGiveTheSettings() throws IOException {
        Files.write(
                folder.resolve("tokenizer.json"), Resources.bytes("tokens-llama2-like.json.gz"));
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                """
                {"chat_template": [{"name": "tool_use", "template": "T"}, {"name": "default", "template": "D"}],
                 "bos_token": {"content": "<s>"}, "eos_token": "</s>", "pad_token": null, "unk_token": "<unk>"}
                """);
        Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [2, 7]}");
        var settings = TokenizerReader.open(folder).settings();
        assertThat(settings.chatTemplate()).contains("D");
        assertThat(settings.beginning()).hasValue(1);
        assertThat(settings.ends()).containsExactly(2, 7);
        assertThat(settings.unknown()).hasValue(0);
        assertThat(settings.padding()).isEmpty();

        Files.writeString(folder.resolve("chat_template.jinja"), "{{ x }}");
        assertThat(TokenizerReader.open(folder).settings().chatTemplate()).contains("{{ x }}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                              | model.vocab is missing",
                "{\"model\":{\"type\":\"Lattice\",\"vocab\":{\"a\":0}}}          | 'Lattice' is not supported",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":\"x\"}}}          | has no number",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":-3}}}             | the number -3",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"a b\"]}} | 'b' does not stand",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"ab\"]}} | not a pair",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"dropout\":0.1}} | dropout",
                "{\"model\":{\"type\":\"Unigram\",\"vocab\":[[\"a\"]]}}          | not a token with its score",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0}},\"normalizer\":{\"type\":\"Odd\"}} | 'Odd' is not supported",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0}},\"pre_tokenizer\":{\"type\":\"Odd\"}} | 'Odd' is not supported",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0}},\"decoder\":{\"type\":\"Odd\"}} | 'Odd' is not supported",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0}},\"post_processor\":{\"type\":\"Odd\"}} | 'Odd' is not supported",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0}},\"added_tokens\":[{\"id\":1}]} | without content",
            })
    void whatIsWrongOrNotSupportedIsNamed(String json, String message) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), json.strip());
        assertThatThrownBy(() -> TokenizerReader.open(folder))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("tokenizer.json");
    }

    @Test
    void aFolderWithoutATokenizerSaysSo() {
        assertThatThrownBy(() -> TokenizerReader.open(folder))
                .hasMessageContaining("tokenizer.json does not exist");
    }

    @Test
    void textOutsideAsciiKeepsItsPlaces() {
        var text = "🦊 naïve";
        var encoding = Tokenizers.smollm2().encodeWithOffsets(text, false);
        assertThat(encoding.start(0)).isZero();
        assertThat(encoding.end(0))
                .isEqualTo(2); // the whole fox, though the token has only some of its bytes
        assertThat(encoding.end(encoding.size() - 1)).isEqualTo(text.length());
        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSize(11);
    }
}
