package dev.sartor.tune.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.model.network.Decoder;
import dev.sartor.tune.TinyTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training that waits at shares of its nine steps, as a search has it.
class PausedTrainingTest {
    private final Decoder decoder = TinyTraining.model();

    @TempDir Path folder;

    @AfterEach
    void free() {
        decoder.close();
    }

    private TinyTraining training(String name) {
        return new TinyTraining(decoder, folder.resolve(name));
    }

    @Test
    void itEndsInTheBytesOfOneThatNeverWaited() throws IOException {
        var whole = training("whole");
        whole.toTheEnd();
        var parts = training("parts");
        for (double share : List.of(0.2, 0.5, 2 / 3.0)) {
            assertThat(parts.to(share)).isInstanceOf(TrialState.Paused.class);
        }
        assertThat(parts.to(1)).isInstanceOf(TrialState.Finished.class);
        assertThat(parts.said()).contains("going on from step 6 of 9");
        assertThat(parts.adapter()).isEqualTo(whole.adapter());
    }

    @Test
    void itIsMeasuredWhereItWaitsAndNotTrainedAgain() throws IOException {
        var first = training("one");
        var standing = (TrialState.Paused) first.to(0.2);
        assertThat(standing.step()).isEqualTo(2);
        assertThat(standing.steps()).isEqualTo(9);
        assertThat(standing.score()).isEqualTo(0.01);
        assertThat(first.checkpoints()).containsExactly("step-00000002");
        var again = training("one");
        assertThat(((TrialState.Paused) again.to(0.2)).step()).isEqualTo(2);
        assertThat(again.said()).contains("going on from step 2 of 9");
    }

    @Test
    void whereAnEpochEndsItIsMeasuredOnce() {
        var training = training("one");
        assertThat(((TrialState.Paused) training.to(1 / 3.0)).step()).isEqualTo(3);
        assertThat(training.measurements()).isEqualTo(1);
    }

    @Test
    void aStopOnTheWayChangesNothing() throws IOException {
        var whole = training("whole");
        whole.toTheEnd();
        var parts = training("parts");
        parts.stopAfter(1);
        assertThat(parts.to(0.5)).isInstanceOf(TrialState.Paused.class);
        parts.stopAfter(7);
        var finished = (TrialState.Finished) parts.to(1);
        assertThat(parts.adapter()).isEqualTo(whole.adapter());
        assertThat(finished.score()).isPositive();
        assertThat(finished.measured().failed()).isEmpty();
        assertThat(training("parts").to(0.2)).as("it is finished already").isEqualTo(finished);
    }

    @Test
    void rungsLieAtWholeStepsOfTheTraining() {
        var rungs = Halving.of(16, 4).rungs();
        assertThat(rungs.stream().map(rung -> rung.step(60))).containsExactly(10, 24, 60);
        assertThat(rungs.getFirst().step(2)).as("at least one").isEqualTo(1);
        assertThat(rungs.getFirst().share()).isCloseTo(0.1524, within(1e-4));
    }
}
