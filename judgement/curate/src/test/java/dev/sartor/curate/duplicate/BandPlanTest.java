package dev.sartor.curate.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BandPlanTest {
    @Test
    void bandsWeighFalsePositivesAgainstFalseNegatives() {
        assertThat(BandPlan.of(0.196, 100)).isEqualTo(new BandPlan(256, 3));
        assertThat(BandPlan.of(0.42, 100)).isEqualTo(new BandPlan(128, 6));
    }

    @Test
    void bandsGrowWithTheRowsSoThatBucketsDoNot() {
        assertThat(BandPlan.of(0.196, 10_000).size()).isEqualTo(3);
        assertThat(BandPlan.of(0.196, 100_000).size()).isEqualTo(4);
        assertThat(BandPlan.of(0.196, 1_000_000).size()).isEqualTo(4);
        assertThat(BandPlan.of(0.196, 10_000_000).size()).isEqualTo(5);
    }

    @Test
    void aMeetingIsLikelyAboveTheThresholdAndUnlikelyFarBelow() {
        var plan = BandPlan.of(0.196, 100_000);
        assertThat(plan.meeting(0.42)).isGreaterThan(0.99);
        assertThat(plan.meeting(0.298)).isCloseTo(0.78, within(0.02));
        assertThat(plan.meeting(0.016)).isLessThan(0.0001);
        assertThat(BandPlan.of(1, 100).meeting(1)).isEqualTo(1);
    }
}
