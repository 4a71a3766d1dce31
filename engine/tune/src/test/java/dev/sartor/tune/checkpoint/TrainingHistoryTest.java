package dev.sartor.tune.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Score;
import dev.sartor.tune.TrainingReport;
import dev.sartor.tune.TuneWatch;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingHistoryTest {
    private final TrainingHistory history = new TrainingHistory(TuneWatch.usual());

    private static boolean check(TrainingHistory history, int step, double score) {
        return history.add(
                new TrainingReport.CheckReport(
                        step,
                        step,
                        1,
                        Optional.of(new Score("exact_match", score, score, score, 10)),
                        Optional.empty()));
    }

    private void add(double loss) {
        history.add(new TrainingReport.StepReport(history.step() + 1, loss, 1e-3, 1));
    }

    @Test
    void aLossIsASpikeOnlyBesideTwentyBeforeIt() {
        for (int i = 0; i < 19; i++) {
            add(1);
            assertThat(history.isSpike(100)).isFalse();
        }
        add(1.5);
        assertThat(history.isSpike(3.4)).isFalse();
        assertThat(history.isSpike(3.6)).isTrue();
    }

    @Test
    void ofEqualScoresTheLastIsKeptAndIsNoneThatIsBetter() {
        var patient = new TrainingHistory(new TuneWatch(0, 3, 1, 0.05));
        assertThat(check(patient, 1, 0.5)).isTrue();
        assertThat(check(patient, 2, 0.8)).isTrue();
        assertThat(check(patient, 3, 0.7)).isFalse();
        assertThat(check(patient, 4, 0.8)).isTrue();
        assertThat(patient.bestStep()).isEqualTo(4);
        assertThat(patient.end()).isEmpty();
        assertThat(check(patient, 5, 0.8)).isTrue();
        assertThat(patient.end().orElseThrow())
                .contains("tune.early_stopping_patience measurements (3)");
        assertThat(patient.bestStep()).isEqualTo(5);
    }

    /// Else a second spike after the first would be learned from.
    @Test
    void aBatchLeftOutIsNoLossToCompareWith() {
        for (int i = 0; i < 20; i++) {
            add(1);
        }
        add(Double.NaN);
        assertThat(history.isSpike(2.6)).isTrue();
    }

    @Test
    void threeBatchesLeftOutInARowAreHopelessAndThreeApartAreNot() {
        history.skip(4);
        history.skip(6);
        history.skip(7);
        assertThat(history.isHopeless(7)).isFalse();
        history.skip(5);
        assertThat(history.isHopeless(7)).isTrue();
    }

    @Test
    void goingBackForgetsStepsAndNotWhatIsLeftOut() {
        add(1);
        var state =
                new TrainingState(
                        "r",
                        "m",
                        1,
                        0,
                        2,
                        List.of(0),
                        history.steps(),
                        List.of(),
                        Optional.empty());
        add(1);
        history.skip(2);
        history.backTo(state);
        assertThat(history.step()).isEqualTo(1);
        assertThat(history.skipped()).containsExactly(2, 0);
    }
}
