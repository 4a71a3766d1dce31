package dev.sartor.retrieve.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Pages;
import dev.sartor.core.Passage;
import dev.sartor.core.Readers;
import dev.sartor.core.Statement;
import dev.sartor.retrieve.HashedWords;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerCheckTest {
    private static final List<Passage> PASSAGES =
            List.of(
                    passage(
                            "deposits.md",
                            "Deposits",
                            "A deposit of 150 euros is taken. It is returned after the lease."),
                    passage(
                            "bikes.md",
                            "Bikes › Heron",
                            "The Heron carries eighty kilograms. Its battery lasts four hours."));

    private final AnswerCheck check =
            new AnswerCheck(Analysis.ENGLISH, HashedWords.usual(), Optional.of("I don't know"));

    private static Passage passage(String document, String section, String text) {
        return new Passage(document, document, section, text, 1, Readers.everyone());
    }

    private Statement only(String answer) {
        var statements = check.statements(answer, PASSAGES);
        assertThat(statements).hasSize(1);
        return statements.getFirst();
    }

    @Test
    void aSentenceIsSupportedByThePassageThatHoldsItsWords() {
        var statement = only("The Heron's batteries last four hours.");
        assertThat(statement.isSupported()).isTrue();
        assertThat(statement.source()).isEqualTo(2);
        assertThat(statement.support()).isEqualTo(1);
    }

    @Test
    void aNumberThatNoPassageHoldsIsNeverSupported() {
        assertThat(only("A deposit of 150 euros is returned.").isSupported()).isTrue();
        assertThat(only("A deposit of 250 euros is returned.").isSupported()).isFalse();
    }

    @Test
    void theNumberOfAPageSupportsNothing() {
        var paged =
                new Passage(
                        "lease.pdf",
                        "lease.pdf",
                        "",
                        "The notice period is given in days.",
                        1,
                        Readers.everyone(),
                        Pages.of(30));
        var statements = check.statements("The notice period is 30 days.", List.of(paged));
        assertThat(statements).extracting(Statement::isSupported).containsExactly(false);
    }

    @Test
    void whatASentenceCitesHasToHoldItAndNotAnotherPassage() {
        assertThat(only("The Heron carries eighty kilograms [2].").isSupported()).isTrue();
        var wrong = only("The Heron carries eighty kilograms [1].");
        assertThat(wrong.isSupported()).isFalse();
        assertThat(wrong.cites()).containsExactly(1);
        assertThat(only("The Heron carries eighty kilograms [1, 2].").source()).isEqualTo(2);
        var madeUp = only("The Heron carries eighty kilograms [7].");
        assertThat(madeUp.isSupported()).isFalse();
        assertThat(madeUp.cites()).containsExactly(7);
    }

    @Test
    void aCitationBehindTheFullStopIsThatSentences() {
        assertThat(check.statements("It lasts four hours. [2] A deposit is taken. [1]", PASSAGES))
                .extracting(Statement::cites)
                .containsExactly(List.of(2), List.of(1));
    }

    @Test
    void similarityMakesUpForSomeWordsAndNotForMost() {
        // Five of seven words stand there, in a like sentence; three of five, in an unlike one; two
        // of seven.
        assertThat(only("Its battery lasts four long whole hours.").isSupported()).isTrue();
        assertThat(only("Hours, four hours lasts nothing whatsoever.").isSupported()).isFalse();
        assertThat(only("Penguins waddle four hours southwards, hunting fish.").isSupported())
                .isFalse();
    }

    @Test
    void sayingThatNothingIsKnownStatesNothing() {
        assertThat(check.statements("I don’t know.", PASSAGES)).isEmpty();
        assertThat(check.statements("I DON'T KNOW!", PASSAGES)).isEmpty();
        assertThat(check.statements("", PASSAGES)).isEmpty();
        assertThat(check.statements("...", PASSAGES)).isEmpty();
    }

    @Test
    void withoutPassagesNothingIsSupported() {
        var statement = check.statements("A deposit is taken.", List.of()).getFirst();
        assertThat(statement.isSupported()).isFalse();
        assertThat(statement.source()).isZero();
    }
}
