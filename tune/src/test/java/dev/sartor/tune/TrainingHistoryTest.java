package dev.sartor.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingHistoryTest {
    private final TrainingHistory history = new TrainingHistory(TuneWatch.usual());

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
