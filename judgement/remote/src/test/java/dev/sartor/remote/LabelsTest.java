package dev.sartor.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsTest {
    /// Labels are parted by `|`; a third column that is empty is no label.
    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            textBlock =
                    """
                    # the answer is the label
                    billing|repair   ¦ billing                         ¦ billing
                    billing|repair   ¦ '  Billing\n'                   ¦ billing
                    billing|repair   ¦ BILLING.                        ¦ billing
                    card_arrival|pin ¦ Card arrival                    ¦ card_arrival
                    card_arrival|pin ¦ card-arrival!                   ¦ card_arrival
                    US|us            ¦ us                              ¦ us
                    US|us            ¦ Us                              ¦
                    # labels that differ in their signs alone
                    C|C#|C++         ¦ C#                              ¦ C#
                    C|C#|C++         ¦ c#                              ¦ C#
                    C|C#|C++         ¦ C                               ¦ C
                    C|C#|C++         ¦ The language is C++.            ¦ C++
                    C|C#|C++         ¦ The language is **C#**.         ¦ C#
                    C|C#|C++         ¦ I would say C.                  ¦ C
                    C|Java           ¦ C#                              ¦
                    C|Java           ¦ C++                             ¦
                    A|A-|B+          ¦ A-                              ¦ A-
                    A|B              ¦ A-                              ¦
                    # labels of signs alone
                    +|-              ¦ -                               ¦ -
                    +|-              ¦ +                               ¦ +
                    +|-              ¦ "-"                             ¦ -
                    +|-              ¦ 'Answer: -.'                    ¦ -
                    +|-              ¦ a well-known case               ¦
                    +|-              ¦ +-                              ¦
                    ?|!              ¦ ?                               ¦ ?
                    ?|!              ¦ '"!"'                           ¦ !
                    ?|!              ¦ Which one?                      ¦
                    ?|!              ¦ ?!                              ¦
                    <|<=             ¦ it is <=                        ¦ <=
                    <|>              ¦ <=                              ¦
                    👍|👎            ¦ 👎                              ¦ 👎
                    👍|👎            ¦ I say 👍.                       ¦ 👍
                    # the answer names the label
                    billing|repair   ¦ The answer is: billing.         ¦ billing
                    billing|repair   ¦ **Label:**`repair`              ¦ repair
                    billing|repair   ¦ '{"label": "repair"}'           ¦ repair
                    billing|repair   ¦ <label>repair</label>           ¦ repair
                    billing|repair   ¦ billing, because of the billing ¦ billing
                    # at a word's borders alone
                    ham|spam         ¦ shame                           ¦
                    spam|ham         ¦ non-spam                        ¦
                    3|5              ¦ 3.5                             ¦
                    3|5              ¦ It is 3.                        ¦ 3
                    1|10             ¦ 10                              ¦ 10
                    1|10             ¦ 1,000                           ¦
                    lost_card|pin    ¦ lost_card_again                 ¦
                    # the longer one is meant
                    card|lost card   ¦ 'It is: lost card'              ¦ lost card
                    spam|not spam    ¦ This is not spam.               ¦ not spam
                    yes|yes, but|no  ¦ Yes, but only later             ¦ yes, but
                    # more than one, or none
                    billing|repair   ¦ billing or repair               ¦
                    billing|repair   ¦ billing/repair                  ¦
                    card|lost card   ¦ card, perhaps lost card         ¦
                    billing|repair   ¦ I cannot tell                   ¦
                    billing|repair   ¦ ''                              ¦
                    # scripts without blanks
                    正面|负面        ¦ 答案是负面。                    ¦ 负面
                    naïve|plan       ¦ NAÏVE                           ¦ naïve
                    """)
    void aFreeAnswerSaysTheLabelThatItNamesAlone(String labels, String answer, String label) {
        assertThat(Labels.match(answer, List.of(labels.split("\\|"))).orElse(null))
                .isEqualTo(label);
    }
}
