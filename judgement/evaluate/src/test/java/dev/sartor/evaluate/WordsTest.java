package dev.sartor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WordsTest {
    @Test
    void whiteSpaceIsWhatPythonTakesForIt() {
        assertThat(Words.of(" a\tb\u00a0c\u2028d\u001ce\u0085f\u3000g\u200bh "))
                .containsExactly("a", "b", "c", "d", "e", "f", "g\u200bh");
        assertThat(Words.of("  ")).isEmpty();
        assertThat(Words.of("")).isEmpty();
        assertThat(Words.withoutLastSpaces(" a \u00a0\n")).isEqualTo(" a");
        assertThat(Words.withoutSpaces(" a b\u2003c")).isEqualTo("abc");
    }

    @Test
    void nGramsAreCountedWithTheirRepeats() {
        assertThat(Words.nGrams(List.of("a", "b", "a", "b"), 2))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(List.of("a", "b"), 2, List.of("b", "a"), 1));
        assertThat(Words.nGrams(List.of("a"), 2)).isEmpty();
    }

    @Test
    void charactersAreCodePoints() {
        assertThat(Words.characters("a😀")).containsExactly("a", "😀");
    }

    /// As sacrebleu 2.6.0's Tokenizer13a cuts them.
    static Stream<Arguments> cuts() {
        return Stream.of(
                Arguments.of("Hello, world!", "Hello , world !"),
                Arguments.of("1,234.5 and 3.", "1,234.5 and 3 ."),
                Arguments.of("x-y 3-4 5-", "x-y 3 - 4 5 -"),
                Arguments.of("&quot;A&amp;B&quot; &lt;i&gt;", "\" A & B \" < i >"),
                Arguments.of("it's (a) [b] {c}", "it's ( a ) [ b ] { c }"),
                Arguments.of("hyphen-\nated line\nnext", "hyphenated line next"),
                Arguments.of("$5 50% a/b c:d;e=f", "$ 5 50 % a / b c : d ; e = f"),
                Arguments.of("naïve… «oui» 東京。", "naïve… «oui» 東京。"),
                Arguments.of("<skipped>gone ", "gone"),
                Arguments.of("U.S. .5 5. a.b", "U . S . . 5 5 . a . b"));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void bleuCutsAs13a(String text, String tokens) {
        assertThat(Bleu.tokens(text)).containsExactly(tokens.split(" "));
    }

    @Test
    void articlesAreWholeWordsAsPythonSeesThem() {
        assertThat(SquadText.words("The a-team, an Answer")).containsExactly("ateam", "answer");
        assertThat(SquadText.words("éa naïve Äan")).containsExactly("éa", "naïve", "äan");
        // a combining mark is no letter to Python: the article before it goes
        assertThat(SquadText.words("a\u0301")).containsExactly("\u0301");
        assertThat(SquadText.words("a²")).containsExactly("a²");
    }
}
