package dev.sartor.tokenizer.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WordScannerTest {
    static Stream<Arguments> scanners() {
        return Stream.of(
                Arguments.of(WordScanner.GPT2, WordScanner.GPT2_PATTERN),
                Arguments.of(WordScanner.LLAMA3, WordScanner.LLAMA3_PATTERN),
                Arguments.of(WordScanner.QWEN2, WordScanner.QWEN2_PATTERN));
    }

    @ParameterizedTest
    @MethodSource("scanners")
    void findsTheWordsThatItsPatternFinds(WordScanner scanner, String regex) {
        var pattern = Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS);
        var random = new SplittableRandom(2);
        var parts =
                List.of(
                        " ", "  ", "\n", "\r\n", "\t", "'", "'s", "'LL", "'rE", "'ſ", "a", "Zé",
                        "7", "½", "123456", "!", "…", "🦊", "𝟘𝟙", "𐐀", "\u0301", "\u00a0",
                        "\u2028", "\u0085");
        for (int round = 0; round < 4000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(9); i >= 0; i--) {
                text.append(parts.get(random.nextInt(parts.size())));
            }
            var expected = new ArrayList<String>();
            var matcher = pattern.matcher(text);
            while (matcher.find()) {
                expected.add(matcher.group());
            }
            assertThat(words(scanner, text.toString())).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "I'll go,  now|I_'ll_ go_,_ _ now",
                "x=1234!|x_=_1234_!",
                "end  |end_  ",
            })
    void gpt2sWords(String text, String expected) {
        assertThat(String.join("_", words(WordScanner.GPT2, text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"I'LL go,  now|I_'LL_ go_,_ _ now", "x=1234!|x_=_123_4_!", "(word)|(word_)"})
    void llama3sWords(String text, String expected) {
        assertThat(String.join("_", words(WordScanner.LLAMA3, text))).isEqualTo(expected);
    }

    private static List<String> words(TextSplitter splitter, String text) {
        var words = new ArrayList<String>();
        splitter.split(AlignedText.plain(text, 0), word -> words.add(word.text()));
        return words;
    }
}
