package dev.sartor.compare.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.compare.run.Trial;
import org.junit.jupiter.api.Test;

class TestSizesTest {
    @Test
    void theSizeFollowsHowOftenACandidateAndTheBestDisagree() {
        var result =
                Trial.withMargin(0.05)
                        .with("close", 100, i -> i >= 10 && i != 99, 1, 0)
                        .with("best", 100, i -> i < 90 || i >= 95, 1, 0)
                        .with("same", 100, i -> i < 90 || i >= 96, 1, 0)
                        .result();
        var pairs = TestSizes.of(result, 0.8);
        assertThat(pairs).extracting(TestSizes.Pair::candidate).containsExactly("close", "same");
        var close = pairs.getFirst();
        assertThat(close.disagreement()).isCloseTo(0.16, within(1e-12));
        assertThat(close.difference()).isCloseTo(-0.06, within(1e-12));
        // 0.16 · ((1.960 + 0.842) / 0.05)² = 502.3
        assertThat(close.needed()).isEqualTo(503);
        // Φ(0.05 / √(0.16 / 100) − 1.960) = Φ(−0.710)
        assertThat(close.power()).isCloseTo(0.2389, within(1e-3));
        assertThat(pairs.get(1).needed()).isEqualTo(32);
    }

    @Test
    void examplesThatComeInGroupsAreNeededInAsManyMore() {
        // Three of twenty groups of five differ, whole: five examples say as much as one.
        var alone =
                Trial.withMargin(0.05)
                        .with("best", 100, _ -> true, 1, 0)
                        .with("other", 100, i -> i >= 15, 1, 0)
                        .result();
        var grouped =
                Trial.withMargin(0.05)
                        .inGroupsOf(5)
                        .with("best", 100, _ -> true, 1, 0)
                        .with("other", 100, i -> i >= 15, 1, 0)
                        .result();
        var once = TestSizes.of(alone, 0.8).getFirst();
        var five = TestSizes.of(grouped, 0.8).getFirst();
        assertThat(once.needed()).isEqualTo(471);
        // Variances over n − 1 = 99 and over 20 − 1 = 19: 5 · 99 ÷ (5 · 19) = 99 ÷ 19.
        assertThat(five.needed()).isEqualTo((int) Math.ceil(471 * 99 / 19.0));
        assertThat(five.power()).isLessThan(once.power());
        assertThat(five.disagreement()).isEqualTo(once.disagreement());
    }
}
