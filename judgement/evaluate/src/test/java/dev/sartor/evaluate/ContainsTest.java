package dev.sartor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainsTest {
    private static double score(String metric, String answer, String... references) {
        var one = List.of(new Prediction("q", answer, List.of(references)));
        return Metric.named(metric).perExample(one)[0];
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    The workshop costs 18 euros an hour.             | 18 euros
                    It is €18.00.                                    | 18 euros
                    18                                               | 18 euros
                    Eighteen euros.                                  | 18
                    You get it back within 1.5 hours.                | 90 minutes
                    That takes ninety minutes, at most               | 1.5 h
                    About 1,200 bikes.                               | 1200
                    Das kostet 1.200 €.                              | 1200 EUR
                    18,50 €                                          | 18.50 euros
                    By 1 March 2026 at the latest                    | 2026-03-01
                    on March 1st, if you can                         | 1 March 2026
                    03/01/2026                                       | 1 March 2026
                    25/12/2026                                       | 25.12.2026
                    The shop opens at 9 am and closes at 5 p.m.      | 9:00
                    closes at 17:00                                  | 5 pm
                    two weeks, then it is sold                       | 14 days
                    The guarantee is 2 years.                        | 24 months
                    20 percent off                                   | 20 %
                    It costs 18 euros per month, billed yearly       | 18 euros per month
                    Bring the bike to the workshop in Lindau, please | the workshop
                    No, you cannot.                                  | no
                    They are not refundable.                         | not refundable
                    It may not be long, but refundable it is         | refundable
                    The distance is 2.5 km                           | 2500 metres
                    minus 5: -5 °C                                   | -5
                    """)
    void anAnswerThatSaysTheReferenceIsRight(String answer, String reference) {
        assertThat(score("contains", answer, reference)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    The workshop costs 11 euros                 | 18 euros
                    It costs 180 euros                          | 18 euros
                    It costs 18 dollars                         | 18 euros
                    18 days                                     | 18 hours
                    on 2 March 2026                             | 1 March 2026
                    on 1 March 2025                             | 1 March 2026
                    at 5 am                                     | 5 pm
                    Tickets are not refundable.                 | refundable
                    They aren't refundable                      | refundable
                    It does not cost 18 euros, ask in the shop  | 18 euros
                    It costs 18 euros per year                  | 18 euros per month
                    18 dogs                                     | 18 people
                    1.8                                         | 18
                    18.0 percent                                | 180
                    The work shop                               | workshop
                    5                                           | -5
                    nothing at all                              | 18
                    refundable                                  | not refundable
                    """)
    void anAnswerThatSaysSomethingElseIsWrong(String answer, String reference) {
        assertThat(score("contains", answer, reference)).isZero();
    }

    @Test
    void anyReferenceWillDo() {
        assertThat(score("contains", "Open from ten.", "9:30", "ten")).isEqualTo(1);
        assertThat(Metric.named("contains").isBinary()).isTrue();
    }

    @Test
    void answerRecallIsTheShareOfTheReferencesWords() {
        assertThat(score("answer_recall", "The workshop costs eleven euros", "18 euros"))
                .isEqualTo(0.5);
        assertThat(
                        score(
                                "answer_recall",
                                "We are open from nine to five, on Saturdays too",
                                "from nine to six"))
                .isEqualTo(0.75);
        assertThat(score("answer_recall", "", "a")).as("an article is no word").isEqualTo(1);
        assertThat(score("token_f1", "The workshop costs eleven euros", "18 euros"))
                .as("which punishes what stands around it")
                .isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    @Timeout(5)
    void hostileTextsAreReadInNoTime() {
        for (var part :
                List.of("1,", "1.", "9 ", "jan ", "-", "one-", "€", "1:", "n't ", "not. ")) {
            var text = part.repeat(400_000 / part.length());
            assertThat(score("contains", text, "18 euros")).isZero();
            assertThat(score("contains", "18 euros", text.substring(0, 10_000))).isZero();
        }
    }
}
