package dev.sartor.synthesis.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionKindTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "How many phones can open a lock?|NUMBER",
                "What percentage of rides is short?|NUMBER",
                "When does the pier close?|TIME",
                "On which days is it open?|TIME",
                "Who leads the dock?|PERSON",
                "Where is the ferry?|PLACE",
                "Why is it cheaper?|REASON",
                "How do I fold the Wren?|MANNER",
                "Wie viele Telefone?|NUMBER",
                "Wann schließt der Steg?|TIME",
                "Which bike folds?|OTHER",
            })
    void aKindIsToldByTheWordsThatAsk(String question, QuestionKind kind) {
        assertThat(QuestionKind.of(question)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NUMBER|a few|true",
                "NUMBER|twelve|false",
                "TIME|on Thursdays|false",
                "TIME|at the counter|true",
                "PERSON|Ingo Pellworth|false",
                "PERSON|the dog|true",
                "PLACE|anything|false",
            })
    void anAnswerOfAnotherKindIsMissed(QuestionKind kind, String answer, boolean missed) {
        assertThat(kind.isMissedBy(answer)).isEqualTo(missed);
    }
}
