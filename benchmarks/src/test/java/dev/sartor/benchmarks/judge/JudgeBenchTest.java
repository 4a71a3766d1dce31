package dev.sartor.benchmarks.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class JudgeBenchTest {
    private static final SimulatedJudge USUAL = new SimulatedJudge(0.05, 0.3);

    @Test
    void theIntervalsHoldTheTruthAsOftenAsTheySayAndTheJudgesOwnDoNot() {
        var cell = new JudgeBench(400, 1).scores(USUAL, USUAL, 100, 250, new Outcomes(0.6, 0.2));
        assertThat(cell.corrected()).isBetween(0.92, 0.98);
        assertThat(cell.difference()).isBetween(0.92, 0.98);
        assertThat(cell.asJudged()).isLessThan(0.5);
        assertThat(cell.predictionPowered()).isLessThan(0.7);
    }

    @Test
    void aBiasOfAFifthIsRefusedAndAKappaOfThreeFifthsOnThreeHundredPairsIsNot() {
        var bench = new JudgeBench(10, 1);
        assertThat(bench.agreement(new SimulatedJudge(0.2, 0.1), 300).refused()).isOne();
        var fair = bench.agreement(USUAL, 300);
        assertThat(fair.trueKappa()).isCloseTo(0.593, within(0.002));
        assertThat(fair.refused()).isZero();
    }
}
