package dev.sartor.compare.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.compare.run.Trial;
import dev.sartor.evaluate.PairedComparison;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.project.setting.Metrics;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairingTest {
    @Test
    void seenFromTheOtherSideTheDifferenceAndItsIntervalTurnRound() {
        var pair =
                new Pairing(
                        "a",
                        "b",
                        new PairedComparison(0.1, -0.02, 0.3, 0.04, 9, 5),
                        new Interval(-0.05, 0.4),
                        0.08);
        assertThat(pair.from("a")).isEqualTo(pair);
        assertThat(pair.from("b"))
                .isEqualTo(
                        new Pairing(
                                "b",
                                "a",
                                new PairedComparison(-0.1, -0.3, 0.02, 0.04, 5, 9),
                                new Interval(-0.4, 0.05),
                                0.08));
    }

    @Test
    void everyPairIsComparedOnceAndAdjustedTogether() {
        var result =
                Trial.withMargin(0.05)
                        .with("a", 100, i -> i % 10 != 0, 1, 0)
                        .with("b", 100, i -> i % 2 == 0, 1, 0)
                        .with("c", 100, i -> i % 10 != 1, 1, 0)
                        .result();
        assertThat(result.pairings())
                .extracting(each -> each.first() + each.second())
                .containsExactly("ab", "ac", "bc");
        var ac = result.pairings().get(1);
        // The largest p of three is not multiplied, and the smallest is by three.
        assertThat(ac.adjustedP()).isEqualTo(ac.comparison().p());
        var smallest = result.pairings().stream().mapToDouble(each -> each.comparison().p()).min();
        assertThat(result.pairings().stream().mapToDouble(Pairing::adjustedP).min().orElseThrow())
                .isEqualTo(3 * smallest.orElseThrow());
    }

    @Test
    void rightAndWrongAnswersAreComparedAsThePredictionsThemselves() {
        var result =
                Trial.withMargin(0.05)
                        .with("a", 120, i -> i % 10 != 0, 1, 0)
                        .with("b", 120, i -> i % 3 != 0, 1, 0)
                        .result();
        var a = result.candidate("a").predictions();
        var b = result.candidate("b").predictions();
        var metric = Metrics.of(result.task());
        var pair = result.pairings().getFirst().comparison();
        var slowly = PairedComparison.of(metric, a, b.reversed());
        assertThat(pair.difference()).isCloseTo(slowly.difference(), within(1e-12));
        assertThat(pair.low()).isEqualTo(slowly.low());
        assertThat(pair.high()).isEqualTo(slowly.high());
        assertThat(pair.p()).isEqualTo(slowly.p());
        assertThat(pair.onlyA()).isEqualTo(slowly.onlyA());
        assertThat(pair.onlyB()).isEqualTo(slowly.onlyB());
    }

    @Test
    void theIntervalByWhichOneIsShippedIsWiderTheMoreCandidatesThereAre() {
        assertThat(Pairing.simultaneousError(2)).isEqualTo(0.05);
        assertThat(Pairing.simultaneousError(3)).isEqualTo(0.05);
        assertThat(Pairing.simultaneousError(5)).isEqualTo(0.025);
        assertThat(Pairing.simultaneousError(41)).isEqualTo(0.0025);
        var few =
                Trial.withMargin(0.05)
                        .with("a", 100, i -> i % 10 != 0, 1, 0)
                        .with("b", 100, i -> i % 9 != 0, 1, 0);
        var pair = few.result().pairings().getFirst();
        assertThat(pair.simultaneous().low()).isEqualTo(pair.comparison().low());
        for (var name : List.of("c", "d", "e", "f", "g", "h")) {
            few.with(name, 100, i -> i % 2 == 0, 1, 0);
        }
        var wider = few.result().pairings().getFirst();
        assertThat(wider.comparison()).isEqualTo(pair.comparison());
        assertThat(wider.simultaneous().low()).isLessThan(pair.simultaneous().low());
        assertThat(wider.simultaneous().high()).isGreaterThan(pair.simultaneous().high());
    }
}
