package dev.sartor.tune.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.model.network.Decoder;
import dev.sartor.tune.TinyTraining;
import dev.sartor.tune.TrainingReport;
import dev.sartor.tune.TrainingRow;
import dev.sartor.tune.TrainingSet;
import dev.sartor.tune.TunePrivacy;
import dev.sartor.tune.TuneSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrivateTrainingTest {
    private final Decoder decoder = TinyTraining.model();

    @TempDir Path folder;

    @AfterAll
    void free() {
        decoder.close();
    }

    private static TuneSettings settings(double noise) {
        return TinyTraining.usual()
                .withPrivacy(
                        new TunePrivacy(
                                new TunePrivacy.Noise.Multiplier(noise), Optional.empty(), 0.5));
    }

    private TinyTraining training(String name, TuneSettings settings, List<TrainingRow> rows) {
        return new TinyTraining(decoder, settings, folder.resolve(name), rows);
    }

    private TinyTraining training(String name) {
        return training(name, settings(1), TinyTraining.rows());
    }

    /// As a training began that drew this key.
    private void withKey(String name, char digit) {
        AtomicFile.write(key(name), String.valueOf(digit).repeat(64) + "\n");
    }

    private Path key(String name) {
        return folder.resolve(name).resolve("checkpoints/noise.key");
    }

    @Test
    void aKilledTrainingGoesOnWithTheSameRowsAndNoiseAndEndsInTheSameBytes() throws Exception {
        withKey("whole", 'a');
        var whole = training("whole");
        var report = whole.toTheEnd();
        withKey("parts", 'a');
        var parts = training("parts");
        parts.stopAfter(2);
        assertThat(key("parts")).exists();
        parts.stopAfter(5);
        var rest = parts.toTheEnd();
        assertThat(parts.adapter()).isEqualTo(whole.adapter());
        assertThat(rest.steps()).isEqualTo(report.steps());
        assertThat(rest.privacy()).isEqualTo(report.privacy());
        withKey("other", 'b');
        var other = training("other");
        other.toTheEnd();
        assertThat(other.adapter()).isNotEqualTo(whole.adapter());
    }

    @Test
    void aTrainingEndsWithoutItsKeyAndSaysWhatItCost() {
        var report = training("ends").toTheEnd();
        assertThat(folder.resolve("ends/checkpoints")).doesNotExist();
        var ledger = report.privacy().orElseThrow();
        assertThat(ledger.steps()).isEqualTo(9);
        assertThat(ledger.noiseMultiplier()).isEqualTo(1);
        assertThat(ledger.clip()).isEqualTo(0.5);
        assertThat(ledger.samplingRate()).isEqualTo(4.0 / 12);
        assertThat(ledger.delta()).isEqualTo(0.1 / 12);
        assertThat(ledger.epsilon()).isBetween(1.0, 10.0);
        var clipped = report.clipped().orElseThrow();
        assertThat(clipped.drawn()).isBetween(15, 60);
        assertThat(clipped.clipped()).isBetween(1, clipped.drawn());
        assertThat(training("ends").toTheEnd()).isEqualTo(report); // found again, as it was written
        var plain = training("plain", TinyTraining.usual(), TinyTraining.rows()).toTheEnd();
        assertThat(plain)
                .returns(Optional.empty(), TrainingReport::privacy)
                .returns(Optional.empty(), TrainingReport::clipped)
                .isEqualTo(training("plain", TinyTraining.usual(), TinyTraining.rows()).toTheEnd());
    }

    @Test
    void aTrainingThatLostItsKeyIsRefused() throws Exception {
        var training = training("lost");
        training.stopAfter(3);
        Files.delete(key("lost"));
        assertThatThrownBy(training::toTheEnd)
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("noise.key")
                .hasMessageContaining("costs epsilon anew");
    }

    @Test
    void littleNoiseAndAWideClipLearn() {
        var wide =
                TinyTraining.usual()
                        .withEpochs(8)
                        .withPrivacy(
                                new TunePrivacy(
                                        new TunePrivacy.Noise.Multiplier(0.01),
                                        Optional.empty(),
                                        100));
        var checks = training("wide", wide, TinyTraining.rows()).toTheEnd().checks();
        assertThat(checks.getLast().loss()).isLessThan(checks.getFirst().loss() * 0.8);
    }

    /// Leaving a step out because of its rows' losses would tell of them.
    @Test
    void stepsWithoutRowsAndStepsThatJumpAreTakenLikeAllOthers() {
        var rare = settings(1).withBatch(1).withEpochs(4);
        var report = training("rare", rare, TinyTraining.rows()).toTheEnd();
        assertThat(report.steps()).hasSize(48);
        assertThat(report.steps().stream().filter(step -> Double.isNaN(step.loss())))
                .isNotEmpty()
                .allSatisfy(step -> {
                    assertThat(step.clipped().orElseThrow().drawn()).isZero();
                    assertThat(step.gradientNorm()).isPositive();
                });
        assertThat(training("rare", rare, TinyTraining.rows()).said()).doesNotContain("left out");
    }

    @Test
    void anExampleThatBecameSeveralRowsAndRowsThatDependOnEachOtherAreRefused() {
        var cut = new TrainingSet<>(TinyTraining.rows(), 0, 2);
        var around =
                Trainer.Surroundings.of(
                        folder.resolve("cut"),
                        Optional.empty(),
                        Progress.silent(),
                        new Cancellation());
        var trainer = Trainer.texts(decoder, "tiny", settings(1));
        assertThatThrownBy(() -> trainer.train(cut, around))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("tune.too_long must be drop with tune.privacy, got split: 2");
        assertThat(folder.resolve("cut/checkpoints/noise.key")).doesNotExist();
        assertThatThrownBy(() -> Trainer.preferences(decoder, "tiny", settings(1), 0.1))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("where the objective is dpo");
    }
}
