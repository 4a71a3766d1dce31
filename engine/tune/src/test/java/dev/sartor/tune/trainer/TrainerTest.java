package dev.sartor.tune.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.core.Score;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.Decoder;
import dev.sartor.tensor.DType;
import dev.sartor.tune.TrainingCheck;
import dev.sartor.tune.TrainingRow;
import dev.sartor.tune.TrainingSet;
import dev.sartor.tune.TuneSettings;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainerTest {
    private final Decoder decoder = tiny();
    private final TuneSettings settings = TuneSettings.usual().withBatch(4).withLearningRate(1e-2);

    @TempDir Path folder;

    @AfterAll
    void free() {
        decoder.close();
    }

    @Test
    void lossFallsAndTheBestEpochIsKept() {
        var scores = new ArrayList<>(List.of(0.2, 0.9, 0.4));
        var report =
                trainer()
                        .train(
                                set(),
                                around(
                                        "a",
                                        adapter -> score(scores.removeFirst()),
                                        new Cancellation()));
        assertThat(report.bestStep()).isEqualTo(6);
        assertThat(report.checks().getLast().loss())
                .isLessThan(report.checks().getFirst().loss() * 0.8);
        assertThat(report.steps()).hasSize(9);
        assertThat(folder.resolve("a/adapter_model.safetensors")).exists();
        assertThat(folder.resolve("a/checkpoints")).doesNotExist();
    }

    @Test
    void aStoppedTrainingGoesOnAndEndsAsIfItHadNotBeenStopped() throws IOException {
        trainer().train(set(), around("whole", adapter -> score(0.5), new Cancellation()));
        var cancellation = new Cancellation();
        TrainingCheck stopAfterTheFirstEpoch =
                adapter -> {
                    cancellation.ask();
                    return score(0.5);
                };
        assertThatThrownBy(() ->
                        trainer()
                                .train(
                                        set(),
                                        around("parts", stopAfterTheFirstEpoch, cancellation)))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("after step 3 of 9")
                .hasMessageContaining("checkpoints")
                .hasMessageContaining("same command");
        trainer().train(set(), around("parts", adapter -> score(0.5), new Cancellation()));
        assertThat(Files.readAllBytes(folder.resolve("parts/adapter_model.safetensors")))
                .isEqualTo(Files.readAllBytes(folder.resolve("whole/adapter_model.safetensors")));
    }

    @Test
    void aCheckpointOfOtherDataIsNotResumed() {
        var cancellation = new Cancellation();
        cancellation.ask();
        assertThatThrownBy(() ->
                        trainer().train(set(), around("b", adapter -> score(0.5), cancellation)))
                .isInstanceOf(SartorException.class);
        var other = TrainingSet.of(set().rows().subList(0, 8), 100);
        assertThatThrownBy(() ->
                        trainer()
                                .train(
                                        other,
                                        around("b", adapter -> score(0.5), new Cancellation())))
                .hasMessageContaining("another recipe or other data");
    }

    @Test
    void longRowsAreDroppedAndCountedAndRefusedWhenNoneIsLeft() {
        var rows = set().rows();
        var some = TrainingSet.of(rows, 10);
        assertThat(some.dropped()).isBetween(1, rows.size() - 1);
        assertThat(some.rows()).allMatch(row -> row.ids().length <= 10);
        assertThatThrownBy(() -> TrainingSet.of(rows, 4))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("tune.max_tokens")
                .hasMessageContaining("every answer would be cut off");
    }

    private Trainer<TrainingRow> trainer() {
        return Trainer.texts(decoder, "tiny", settings);
    }

    private Trainer.Surroundings around(
            String name, TrainingCheck check, Cancellation cancellation) {
        return Trainer.Surroundings.of(
                folder.resolve(name), Optional.of(check), Progress.silent(), cancellation);
    }

    /// Twelve rows whose answer repeats the token before it.
    private static TrainingSet<TrainingRow> set() {
        var random = new Random(3);
        var rows =
                IntStream.range(0, 12)
                        .mapToObj(i -> {
                            var ids = random.ints(8 + i % 6, 3, 128).toArray();
                            ids[0] = 7;
                            ids[1] = 8;
                            ids[ids.length - 2] = ids[ids.length - 3];
                            ids[ids.length - 1] = 2;
                            return TrainingRow.answer(ids, ids.length - 2);
                        })
                        .toList();
        return TrainingSet.of(rows, 100);
    }

    private static Score score(double value) {
        return new Score("accuracy", value, value, value, 10);
    }

    private static Decoder tiny() {
        try {
            var url =
                    Objects.requireNonNull(
                            TrainerTest.class.getResource("/reference/llama/config.json"));
            return Networks.decoder(
                    Objects.requireNonNull(Path.of(url.toURI()).getParent()), DType.F32);
        } catch (URISyntaxException e) {
            throw SartorException.defect("bad resource address", e);
        }
    }
}
