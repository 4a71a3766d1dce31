package dev.sartor.generate.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.constrain.Vocabularies;
import dev.sartor.constrain.automaton.Automaton;
import dev.sartor.constrain.automaton.CharEncoding;
import dev.sartor.constrain.automaton.RegexParser;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.SartorException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a model says under a regular expression or a list, the JDK's own expressions match as a whole.
class RegexAnswersTest {
    private static final RandomAnswers ANSWERS =
            new RandomAnswers(Vocabularies.small(), Vocabularies.END);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "a|bc|",
                "(a|b)*abb",
                "[a-c]{2,4}x?",
                "\\d{4}-\\d{2}-\\d{2}",
                "\\w+(\\s\\w+){0,3}",
                "[^a-z]+",
                "[^\\s\\d]{3}",
                "\\S+@\\S+\\.(com|org)",
                ".+",
                ".{5}",
                "^anchored$",
                "^$|x",
                "(^a|b)c",
                "a(b$|c)",
                "\\u00e9\\x41\\t\\n",
                "[\\u4e00-\\u9fff]{1,3}",
                "😀+",
                "\\uD83D\\uDE00{2}",
                "[😀-😎]{2}",
                "\\p{Lu}\\p{Ll}{2,}",
                "\\P{L}{2}",
                "(?<year>[12][0-9]{3})(?:/(?<month>0[1-9]))?",
                "a+?b*?c??",
                "[-a]+[a-]+[\\-\\]]+",
                "\\(\\)\\[\\]\\{\\}\\.\\*\\+\\?\\|\\^\\$\\\\",
                "[.^$*+?(){}|]+",
                "(a?){3}a{3}",
                "((ab|cd){2}|e{3,5}){1,2}",
                "(0|-?[1-9][0-9]*)(\\.[0-9]+)?",
                "[\\w.-]+",
                "x{0}y",
                "\"[^\"\\\\]*\"",
                "}]",
            })
    void everyAnswerMatches(String regex) {
        var pattern = Pattern.compile(regex);
        int least = ANSWERS.least(new AnswerForm.Matching(regex, 1));
        for (int i = 0; i < 25; i++) {
            int limit = new int[] {least, least + 1, least + 3, least + 20, least + 60}[i % 5];
            var wish = RandomAnswers.WISHES.get(i / 5);
            var form = new AnswerForm.Matching(regex, Math.max(1, limit));
            var text = ANSWERS.answer(form, limit, wish, i);
            assertThat(pattern.matcher(text).matches()).as("'%s' with %s", text, wish).isTrue();
        }
    }

    /// Which texts an expression's automaton takes, against the JDK: all texts of up to five letters of a few.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a|b)*abb",
                "a?b+|ba*",
                "^(a|^b)c?$",
                "(a|ab)(c|bc)",
                "[^b]{2,3}",
                "((a*b)*c)*",
                "a{2,}|b{1,2}c",
                "(a|b|c){3}",
                "",
                "(|a)(|b)(|c)",
            })
    void theAutomatonTakesExactlyWhatMatches(String regex) {
        var automaton = Automaton.of(RegexParser.whole(regex, CharEncoding.UTF_8));
        var somewhere = Automaton.of(RegexParser.anywhere(regex, CharEncoding.UTF_8));
        var pattern = Pattern.compile(regex);
        for (int i = 0; i < 1 << 12; i++) {
            var text = new StringBuilder();
            for (int rest = i; rest > 1; rest >>= 2) {
                text.append("abc".charAt(Math.min(2, rest & 3)));
            }
            assertThat(takes(automaton, text))
                    .as(text.toString())
                    .isEqualTo(pattern.matcher(text).matches());
            assertThat(takes(somewhere, text))
                    .as(text.toString())
                    .isEqualTo(pattern.matcher(text).find());
        }
    }

    private static boolean takes(Automaton automaton, CharSequence text) {
        int state = 0;
        for (int i = 0; i < text.length() && state != Automaton.DEAD; i++) {
            state = automaton.step(state, text.charAt(i));
        }
        return state != Automaton.DEAD && automaton.accepts(state);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "a(?=b) ~ look-ahead",
                "(?!a)b ~ look-ahead",
                "(?<=a)b ~ look-behind",
                "(?<!a)b ~ look-behind",
                "(a)\\1 ~ back-reference",
                "(?<x>a)\\k<x> ~ back-reference",
                "\\bword\\b ~ word boundary",
                "(?>a) ~ atomic group",
                "(?i)a ~ group with flags",
                "a++ ~ possessive",
                "a{2}{3} ~ repetition of a repetition",
                "a** ~ repetition of a repetition",
                "a{x} ~ begins no repetition",
                "a{3,2} ~ begins no repetition",
                "*a ~ repeats nothing",
                "(a ~ is not closed",
                "a) ~ closes nothing",
                "[a ~ is not closed",
                "[] ~ empty set",
                "[b-a] ~ ends before it begins",
                "[\\d-x] ~ range between sets",
                "[a[b]] ~ within brackets",
                "[a&&b] ~ intersection",
                "\\p{Nonsense} ~ unknown property",
                "\\Qa\\E ~ the escape \\Q",
                "\\ud800 ~ no character's",
                "\\x4 ~ end in the middle",
                "\\xzz ~ not hexadecimal",
                "a\\ ~ end in the middle",
                "a{99999} ~ more than 10000 repetitions",
            })
    void whatIsNotRegularIsRefusedByName(String regex, String what) {
        assertThatThrownBy(() -> ANSWERS.least(new AnswerForm.Matching(regex.strip(), 1)))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("the regular expression '" + regex.strip() + "' has ")
                .hasMessageContaining(what.strip())
                .hasMessageContaining(" at character ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a|b)*a(a|b){20}", "((a{100}){100}){100}"})
    void anExpressionThatIsTooLargeSaysSo(String regex) {
        assertThatThrownBy(() -> ANSWERS.least(new AnswerForm.Matching(regex, 1)))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("the form of the answer is too large");
    }

    @Test
    void aFormWithoutAnyTextIsRefused() {
        assertThatThrownBy(() -> ANSWERS.least(new AnswerForm.Matching("a^b", 1)))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("no answer can have the form");
    }

    @Test
    void choicesComeWholeAndEachCanCome() {
        var labels = List.of("billing", "bill", "plan-change", "Überweisung", "a \"quoted\" one");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            var wish = RandomAnswers.WISHES.get(i % 5);
            seen.add(ANSWERS.answer(new AnswerForm.OneOf(labels), 20, wish, i));
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(labels);
    }

    @Test
    void aLimitThatIsTooSmallIsRefusedWithTheNumberThatIsNeeded() {
        var form = new AnswerForm.Matching("[0-9]{7}", 3);
        int least = ANSWERS.least(form);
        assertThat(least).isBetween(1, 7);
        assertThat(ANSWERS.answer(form, least, RandomAnswers.Wish.NOTHING, 1)).hasSize(7);
        assertThatThrownBy(() -> ANSWERS.constraints().of(form, least - 1))
                .isInstanceOf(SartorException.class)
                .hasMessage(
                        "max_tokens must be at least "
                                + least
                                + " for this form of answer, got "
                                + (least - 1)
                                + ": allow more, or ask for a shorter form");
    }
}
