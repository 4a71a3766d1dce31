package dev.sartor.worth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.SartorException;
import dev.sartor.project.setting.Costs;
import dev.sartor.project.setting.ValueSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class WorthTest {
    private static final Offset<Double> EXACT = within(1e-9);

    private static Worth worth(ValueSettings value) {
        return Worth.of(
                Terms.of(value, Desk.COSTS),
                List.of(Desk.sure(), Desk.cheap(), Desk.careful()),
                "sure");
    }

    private static Worth worth() {
        return worth(Desk.VALUE);
    }

    @Test
    void aMonthsProfitIsWhatAnswersBringLessWhatTheyAndTheMonthCost() {
        // 0.8 · 1 − 0.2 · 2 − 0.01 = 0.39 an answer; 390 − 10 a month.
        var sure = worth().row("sure");
        assertThat(sure.perAnswer()).isCloseTo(0.39, EXACT);
        assertThat(sure.profitPerMonth().value()).isCloseTo(380, EXACT);
        // 0.6 − 0.8 = −0.2 an answer.
        assertThat(worth().row("cheap").profitPerMonth().value()).isCloseTo(-200, EXACT);
    }

    @Test
    void whatIsLeftToPeopleBringsWhatTheyBringAndIsPaidOnce() {
        // A person's answer brings 0.9 − 0.1 · 2 = 0.7 and costs 0.5; 0.6 − 0.2 + 0.3 · 0.7 − 0.01
        // − 0.15 = 0.45.
        var careful = worth().row("careful");
        assertThat(careful.perAnswer()).isCloseTo(0.45, EXACT);
        assertThat(careful.left()).isCloseTo(0.3, EXACT);
        // People alone: 0.7 − 0.5.
        assertThat(worth().people().orElseThrow().profitPerMonth().value()).isCloseTo(200, EXACT);
        assertThat(careful.againstPeople().orElseThrow().value()).isCloseTo(240, EXACT);
    }

    @Test
    void doingNothingEarnsNothing() {
        var nothing = worth().row("doing nothing");
        assertThat(nothing.profitPerMonth()).isEqualTo(new Figure(0, 0, 0));
        assertThat(nothing.cumulated()).hasSize(13).containsOnly(0.0);
    }

    @Test
    void theIntervalFollowsFromTheTestExamples() {
        // With all ten right there is nothing to draw but right ones.
        var all = Desk.contender("all", 10, 0, 0, 0, 0);
        var month =
                Worth.of(Terms.of(Desk.VALUE, Desk.COSTS), List.of(all), "all")
                        .row("all")
                        .profitPerMonth();
        assertThat(month).isEqualTo(new Figure(1000, 1000, 1000));
        // Of 10 draws at 0.8 the middle 95 % are 5 to 10 right: 0.5 − 1 = −0.5 and 1 an answer,
        // less 0.01, less 10 a month.
        var sure = worth().row("sure").profitPerMonth();
        assertThat(sure.low()).isCloseTo(-520, EXACT);
        assertThat(sure.high()).isCloseTo(980, EXACT);
    }

    @Test
    void candidatesAreHeldAgainstEachOtherExampleByExample() {
        var twin = Desk.contender("twin", 8, 2, 0, 0.02, 120);
        var difference =
                Worth.of(Terms.of(Desk.VALUE, Desk.COSTS), List.of(Desk.sure(), twin), "sure")
                        .row("twin")
                        .againstShipped()
                        .orElseThrow();
        // Right and wrong on the same examples: only the cent an answer lies between them.
        assertThat(difference.value()).isCloseTo(-10, EXACT);
        assertThat(difference.low()).isCloseTo(-10, EXACT);
        assertThat(difference.high()).isCloseTo(-10, EXACT);
        assertThat(worth().row("sure").againstShipped()).isEmpty();
    }

    @Test
    void breakEvenIsTheVolumeAtWhichEverythingPaidIsEarned() {
        // 10 ÷ 0.39, and against people's 0.2 an answer 10 ÷ 0.19.
        var sure = worth().row("sure");
        assertThat(sure.breakEvenVolume().orElseThrow()).isCloseTo(10 / 0.39, EXACT);
        assertThat(sure.breakEvenVolumeAgainstPeople().orElseThrow()).isCloseTo(10 / 0.19, EXACT);
        // 1,000 once and 3 · 10 are earned by 1 + 2 + 4 first months' answers of 0.39.
        var built = worth(Desk.value(1, 3, 1000, Map.of())).row("sure");
        assertThat(built.breakEvenVolume().orElseThrow()).isCloseTo(1030 / (7 * 0.39), EXACT);
        assertThat(worth().row("cheap").breakEvenVolume()).as("loses on each answer").isEmpty();
    }

    @Test
    void theProjectsCostIsPaidBackWithinAMonth() {
        var sure = worth(Desk.value(0, 12, 1000, Map.of())).row("sure");
        assertThat(sure.payback().orElseThrow()).isCloseTo(1000 / 380.0, EXACT);
        assertThat(sure.horizonProfit().value()).isCloseTo(12 * 380 - 1000, EXACT);
        assertThat(sure.cumulated().getFirst()).isEqualTo(-1000);
        assertThat(sure.cumulated().get(3)).isCloseTo(140, EXACT);
        assertThat(worth(Desk.value(0, 2, 1000, Map.of())).row("sure").payback()).isEmpty();
        assertThat(worth().row("sure").payback()).contains(0.0);
    }

    @Test
    void volumeGrowsFromMonthToMonth() {
        // 1,000, 2,000 and 4,000 answers: 7,000 · 0.39 − 3 · 10.
        var sure = worth(Desk.value(1, 3, 0, Map.of())).row("sure");
        assertThat(sure.horizonProfit().value()).isCloseTo(2700, EXACT);
        assertThat(sure.cumulated().getLast()).isCloseTo(2700, EXACT);
        // The interval of an answer's money is spread over 7,000 answers.
        assertThat(sure.horizonProfit().high()).isCloseTo(2700 + 7000 * 0.6, EXACT);
    }

    @Test
    void theBreakEvenMonthIsTheFirstThatLosesNothing() {
        // 25.6 answers a month are needed; from 10 on, doubling: 10, 20, 40.
        var few = new Costs("EUR", 0, 10, 0, 0, 0.5, Map.of());
        var row =
                Worth.of(Terms.of(Desk.value(1, 6, 0, Map.of()), few), List.of(Desk.sure()), "sure")
                        .row("sure");
        assertThat(row.breakEvenMonth()).contains(3);
        // −6.10, −2.20, 5.60: −8.30 after two months, −2.70 after three, 18.50 after four.
        assertThat(row.payback().orElseThrow()).isCloseTo(3 + 2.7 / 21.2, EXACT);
    }

    @Test
    void peoplesHoursArePartOfAMonth() {
        var value =
                new ValueSettings(
                        1,
                        2,
                        Optional.of(0.25),
                        Optional.empty(),
                        Optional.empty(),
                        6,
                        0,
                        12,
                        0,
                        Optional.empty(),
                        Map.of());
        var costs = new Costs("EUR", 0, 1000, 0, 20, 0.5, Map.of());
        var worth = Worth.of(Terms.of(value, costs), List.of(Desk.careful()), "careful");
        // 0.6 − 0.2 + 0.3 · 0.25 − 0.01 − 0.15 = 0.315; a month 10 + 6 · 20.
        assertThat(worth.row("careful").profitPerMonth().value()).isCloseTo(315 - 130, EXACT);
        assertThat(worth.people()).isEmpty();
        assertThat(worth.said()).anyMatch(line -> line.contains("value.people_accuracy"));
    }

    @Test
    void abstentionsOfWhichNothingIsSaidAreRefusedWithTheNextStep() {
        var value =
                new ValueSettings(
                        1,
                        2,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        0,
                        12,
                        0,
                        Optional.empty(),
                        Map.of());
        assertThatThrownBy(() ->
                        Worth.of(Terms.of(value, Desk.COSTS), List.of(Desk.careful()), "careful"))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("careful leaves 3 of 10 test examples to people")
                .hasMessageContaining("people_accuracy: 0.95");
    }
}
