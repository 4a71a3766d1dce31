package dev.sartor.curate.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BandPlanTest {
    @Test
    void bandsWeighFalsePositivesAgainstFalseNegatives() {
        assertThat(BandPlan.of(0.258, 100)).isEqualTo(new BandPlan(128, 4));
        assertThat(BandPlan.of(0.49, 100)).isEqualTo(new BandPlan(73, 7));
    }

    @Test
    void bandsGrowWithTheRowsSoThatBucketsDoNot() {
        assertThat(BandPlan.of(0.151, 1_000).size()).isEqualTo(3);
        assertThat(BandPlan.of(0.151, 100_000).size()).isEqualTo(4);
        assertThat(BandPlan.of(0.151, 10_000_000).size()).isEqualTo(5);
    }

    @Test
    void aMeetingIsLikelyAboveTheThresholdAndUnlikelyFarBelow() {
        var plan = BandPlan.of(0.258, 100_000);
        assertThat(plan.meeting(0.5)).isGreaterThan(0.999);
        assertThat(plan.meeting(0.36)).isCloseTo(0.885, within(0.01));
        assertThat(plan.meeting(0.04)).isLessThan(0.001);
        assertThat(BandPlan.of(1, 100).meeting(1)).isEqualTo(1);
    }
}
