package dev.sartor.worth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.SartorException;
import dev.sartor.project.setting.Costs;
import dev.sartor.project.setting.ValueSettings;
import dev.sartor.project.setting.ValueSettings.Input;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TornadoTest {
    private static final Offset<Double> EXACT = within(1e-6);

    private static Worth worth(ValueSettings value) {
        return Worth.of(Terms.of(value, Desk.COSTS), List.of(Desk.sure(), Desk.cheap()), "sure");
    }

    private static Swing bar(Worth worth, String name) {
        return worth.tornado().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Turn turn(Worth worth, String name) {
        return worth.turns().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anInputGoesAQuarterDownAndUp() {
        // An answer brings 0.39; a quarter of a right answer's 1 is 0.25 · 0.8 = 0.2 of it; 12,000
        // answers.
        var bar = bar(worth(Desk.VALUE), "per_right");
        assertThat(bar.from()).isEqualTo(0.75);
        assertThat(bar.to()).isEqualTo(1.25);
        assertThat(bar.range()).isEqualTo("±25 %");
        assertThat(bar.profit().from()).isCloseTo(4560 - 2400, EXACT);
        assertThat(bar.profit().to()).isCloseTo(4560 + 2400, EXACT);
        // cheap has 0.6 right: of the lead 0.2 · 0.25 move. It lies 4,560 − (−2,400) above.
        assertThat(bar.lead().orElseThrow().from()).isCloseTo(6960 - 600, EXACT);
        assertThat(bar.lead().orElseThrow().to()).isCloseTo(6960 + 600, EXACT);
    }

    @Test
    void anInputWithARangeOfItsOwnGoesThroughThat() {
        var value = Desk.value(0, 12, 0, Map.of(Input.PER_WRONG, List.of(1.0, 6.0)));
        var bar = bar(worth(value), "per_wrong");
        assertThat(bar.range()).isEqualTo("its own range");
        // 0.8 − 0.2 · 1 and 0.8 − 0.2 · 6, less 0.01, times 12,000, less 120.
        assertThat(bar.profit().from()).isCloseTo(12_000 * 0.59 - 120, EXACT);
        assertThat(bar.profit().to()).isCloseTo(12_000 * -0.41 - 120, EXACT);
    }

    @Test
    void aScoreGoesThroughItsInterval() {
        // Wilson's interval of 8 of 10.
        var bar = bar(worth(Desk.VALUE), "score of sure");
        assertThat(bar.at()).isEqualTo(0.8);
        assertThat(bar.from()).isCloseTo(0.490162, EXACT);
        assertThat(bar.to()).isCloseTo(0.943318, EXACT);
        // A score s brings 3 s − 2 an answer.
        assertThat(bar.profit().to()).isCloseTo(12_000 * (3 * bar.to() - 2.01) - 120, EXACT);
        var other = bar(worth(Desk.VALUE), "score of cheap");
        assertThat(other.profit().from()).as("it is not shipped").isEqualTo(other.profit().to());
        assertThat(other.lead().orElseThrow().from())
                .isGreaterThan(other.lead().orElseThrow().to());
    }

    @Test
    void theWidestBarStandsFirstAndTheFirstTwoAreNamed() {
        var worth = worth(Desk.VALUE);
        assertThat(worth.tornado())
                .extracting(each -> Math.abs(each.profit().to() - each.profit().from()))
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(worth.said())
                .anyMatch(line ->
                        line.startsWith(
                                        "The profit of sure hangs most on score of sure (from 0.4902")
                                && line.contains(
                                        ", then on per_right (from 0.75 to 1.25: 2,160 to"));
    }

    @Test
    void whatIsNothingIsNotVariedAndThatIsSaid() {
        var worth = worth(Desk.VALUE);
        assertThat(worth.tornado())
                .extracting(Swing::name)
                .doesNotContain("growth_per_month", "machine_hour", "people_accuracy");
        assertThat(worth.said())
                .anyMatch(line ->
                        line.startsWith("Not varied, as they are 0")
                                && line.contains("growth_per_month"))
                .anyMatch(line ->
                        line.startsWith("Varied, and of no effect")
                                && line.contains("people_accuracy"));
    }

    @Test
    void theValueAtWhichAnotherIsBestIsFound() {
        var turn = turn(worth(Desk.VALUE), "per_wrong");
        // 12,000 · (0.79 − 0.2 w) − 120 = 12,000 · (0.7 + 0.2 … ): people bring 0.9 − 0.1 w − 0.5.
        // 0.79 − 0.2 w − 0.01 = 0.4 − 0.1 w at w = 3.8.
        assertThat(turn.above().orElseThrow().value()).isCloseTo(3.8, EXACT);
        assertThat(turn.above().orElseThrow().best()).isEqualTo("people alone");
        assertThat(turn.below()).as("cheap would need answers below nothing").isEmpty();
        // people are as good at a volume of 10 ÷ 0.19 a month
        var volume = turn(worth(Desk.VALUE), "volume_per_month");
        assertThat(volume.below().orElseThrow().value()).isCloseTo(10 / 0.19, EXACT);
    }

    @Test
    void theGrowthAtWhichNothingIsBestIsFound() {
        // 0.39 · 20 answers a month do not pay 10; growing, the sum over 12 months must be 120 ÷
        // 7.8.
        var few = new Costs("EUR", 0, 20, 0, 0, 9, Map.of());
        var worth =
                Worth.of(
                        Terms.of(Desk.value(0, 12, 0, Map.of()), few),
                        List.of(Desk.sure()),
                        "sure");
        assertThat(worth.best()).isEqualTo("doing nothing");
        var edge = turn(worth, "growth_per_month").above().orElseThrow();
        assertThat(edge.best()).isEqualTo("sure");
        assertThat(Terms.growth(edge.value(), 12)).isCloseTo(120 / 7.8, EXACT);
    }

    @Test
    void aRangeThatIsNoneIsRefused() {
        assertThatThrownBy(() ->
                        Desk.value(0, 12, 0, Map.of(Input.VOLUME_PER_MONTH, List.of(0.0, 5.0))))
                .isInstanceOf(SartorException.class)
                .hasMessage(
                        "ranges.volume_per_month must be a lowest and a highest value, at least 1, got [0.0, 5.0]: such as"
                                + " volume_per_month: [5000, 30000]");
        assertThatThrownBy(
                        () -> Desk.value(0, 12, 0, Map.of(Input.PER_ABSTAINED, List.of(0.0, 5.0))))
                .hasMessageContaining("add 'per_abstained' beside ranges");
    }
}
