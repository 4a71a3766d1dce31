package dev.sartor.tune.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.Failpoints;
import dev.sartor.model.network.Decoder;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tune.TinyTraining;
import dev.sartor.tune.TrainingRow;
import dev.sartor.tune.TuneMethod;
import dev.sartor.weights.WeightAccess;
import dev.sartor.weights.safetensors.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckpointsTest {
    private final Decoder decoder = TinyTraining.model();
    private byte[] uninterrupted = {};

    @TempDir Path folder;

    @BeforeAll
    void trainWhole(@TempDir Path whole) throws IOException {
        var training = new TinyTraining(decoder, whole);
        training.toTheEnd();
        uninterrupted = training.adapter();
    }

    @AfterEach
    void off() {
        System.clearProperty(Failpoints.PROPERTY);
    }

    @AfterAll
    void free() {
        decoder.close();
    }

    private TinyTraining training(String name) {
        return new TinyTraining(decoder, folder.resolve(name));
    }

    private void endsInTheSameBytes(TinyTraining training) throws IOException {
        training.toTheEnd();
        assertThat(training.adapter()).isEqualTo(uninterrupted);
        assertThat(training.folder().resolve("checkpoints")).doesNotExist();
    }

    @Test
    void theNewestTwoAreKeptAndTheBestParametersThatTheyTellOf() throws IOException {
        var training = training("kept");
        training.stopAfter(5);
        assertThat(training.checkpoints())
                .containsExactly("best-00000003", "step-00000004", "step-00000005");
        training.stopAfter(6);
        assertThat(training.checkpoints())
                .containsExactly(
                        "best-00000003", "best-00000006", "step-00000005", "step-00000006");
        training.stopAfter(8);
        assertThat(training.checkpoints())
                .containsExactly("best-00000006", "step-00000006", "step-00000008");
        endsInTheSameBytes(training);
    }

    @Test
    void aFlippedBitInTheNewestIsSaidAndTheOneBeforeIsTaken() throws IOException {
        var random = new Random(11);
        for (int i = 0; i < 8; i++) {
            var training = training("flipped-" + i);
            training.stopAfter(7);
            var newest = training.checkpoint("step-00000007");
            TinyTraining.flip(newest, random.nextLong(8 * (i < 4 ? 2000 : Files.size(newest))));
            endsInTheSameBytes(training);
            assertThat(training.said())
                    .contains(newest + " is damaged (")
                    .contains(": the checkpoint before it is taken.\ngoing on from step 6 of 9");
        }
    }

    @Test
    void aCutNewestIsSaidAndTheOneBeforeIsTaken() throws IOException {
        var random = new Random(12);
        for (int i = 0; i < 4; i++) {
            var training = training("cut-" + i);
            training.stopAfter(7);
            var newest = training.checkpoint("step-00000007");
            TinyTraining.cut(newest, random.nextInt((int) Files.size(newest)));
            endsInTheSameBytes(training);
            assertThat(training.said()).contains("going on from step 6 of 9");
        }
    }

    /// The damaged ones have higher numbers than those that are written next, and must not push them out.
    @Test
    void withAllDamagedItSaysThatItStartsAgainAndItsNewCheckpointsStay() throws IOException {
        var training = training("both");
        training.stopAfter(7);
        TinyTraining.flip(training.checkpoint("step-00000006"), 8000);
        TinyTraining.cut(training.checkpoint("step-00000007"), 100);
        training.stopAfter(2);
        assertThat(training.said())
                .contains("step-00000007.safetensors is damaged")
                .contains("step-00000006.safetensors is damaged")
                .contains("and there is no checkpoint before it.")
                .endsWith("The training starts again from its first step.");
        assertThat(training.checkpoints()).containsExactly("step-00000002");
        endsInTheSameBytes(training);
        assertThat(training.said()).contains("going on from step 2 of 9");
    }

    @Test
    void withItsBestParametersGoneOrDamagedACheckpointIsNotTaken() throws IOException {
        for (var damage : List.of("gone", "damaged")) {
            var training = training("best-" + damage);
            training.stopAfter(6);
            var best = training.checkpoint("best-00000006");
            if (damage.equals("gone")) {
                Files.delete(best);
            } else {
                TinyTraining.flip(best, 8 * Files.size(best) - 5);
            }
            endsInTheSameBytes(training);
            assertThat(training.said())
                    .contains(best + " is damaged (")
                    .contains(": the checkpoint before it is taken.\ngoing on from step 4 of 9");
        }
    }

    @Test
    void whatAKilledProcessLeftHalfWrittenIsSwept() throws IOException {
        var training = training("swept");
        training.stopAfter(4);
        var halves =
                List.of(
                        training.folder().resolve(".adapter_model.safetensors.1.part"),
                        training.folder().resolve("checkpoints/.step-00000006.safetensors.2.part"));
        for (var half : halves) {
            Files.writeString(half, "half");
        }
        endsInTheSameBytes(training);
        assertThat(halves).noneMatch(Files::exists);
    }

    @Test
    void aCheckpointOfAnotherMachineIsTakenAndSaid() throws IOException {
        var training = training("machine");
        training.stopAfter(4);
        var file = training.checkpoint("step-00000004");
        rewrite(file, Machine.here(1), "an abacus, 10 threads");
        endsInTheSameBytes(training);
        assertThat(training.said())
                .contains("written by another machine (an abacus, 10 threads; here: ")
                .contains("may differ in its last bits");
    }

    @Test
    void aCheckpointOfAnotherVersionIsRefused() {
        var training = training("version");
        training.stopAfter(4);
        rewrite(training.checkpoint("step-00000004"), "\"bestStep\"", "\"betterStep\"");
        assertThatThrownBy(training::toTheEnd)
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("step-00000004.safetensors was written by another version");
    }

    /// Writes a checkpoint anew, whole, with another text in its state.
    private static void rewrite(Path file, String old, String changed) {
        Engine.run(() -> {
            try (var _ = TensorScope.open();
                    var stored = Safetensors.open(file, WeightAccess.COPIED)) {
                var arrays = new TreeMap<String, Tensor>();
                for (var name : stored.names()) {
                    var entry = stored.tensor(name);
                    arrays.put(
                            name,
                            Tensors.copyOf(entry.bytes(), DType.F32, entry.shape().getFirst()));
                }
                var state = Checkpoint.state(file).orElseThrow();
                assertThat(state).contains(old);
                Checkpoint.write(file, arrays, state.replace(old, changed));
            }
        });
    }

    @Test
    void aFinishedTrainingIsNotDoneAgain() throws IOException {
        var training = training("finished");
        var report = training.toTheEnd();
        var again = training.toTheEnd();
        assertThat(again).isEqualTo(report);
        assertThat(training.measurements()).isEqualTo(3);
        Files.delete(training.folder().resolve("adapter_model.safetensors"));
        endsInTheSameBytes(training);
        assertThat(training.said()).contains("is gone: the training is done again.");
    }

    @Test
    void aFinishedTrainingsResultThatWasChangedIsNotOverwritten() throws IOException {
        var training = training("changed");
        training.toTheEnd();
        TinyTraining.flip(training.folder().resolve("adapter_model.safetensors"), 9000);
        assertThatThrownBy(training::toTheEnd)
                .hasMessageContaining("adapter_model.safetensors was changed since");
    }

    @Test
    void anotherRecipeIsRefusedInTheFolderOfAFinishedTraining() throws IOException {
        training("other").toTheEnd();
        var other =
                new TinyTraining(
                        decoder,
                        TinyTraining.usual().withSeed(5),
                        folder.resolve("other"),
                        TinyTraining.rows());
        assertThatThrownBy(other::toTheEnd)
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("other holds what a training of another recipe")
                .hasMessageContaining("choose another folder");
    }

    /// These tokens have one sum of the kind that `Arrays.hashCode` makes.
    @Test
    void dataThatDiffersInTwoTokensIsOtherData() {
        training("data").stopAfter(4);
        var rows = new ArrayList<>(TinyTraining.rows());
        var ids = rows.get(0).ids().clone();
        ids[2] = ids[2] + (ids[3] > 40 ? 1 : -1);
        ids[3] = ids[3] + (ids[3] > 40 ? -31 : 31);
        assertThat(Arrays.hashCode(ids)).isEqualTo(Arrays.hashCode(rows.get(0).ids()));
        rows.set(0, TrainingRow.answer(ids, ids.length - 2));
        var other = new TinyTraining(decoder, TinyTraining.usual(), folder.resolve("data"), rows);
        assertThatThrownBy(other::toTheEnd)
                .hasMessageContaining("is of another recipe or other data");
    }

    @Test
    void aSecondTrainingInTheFolderIsRefused() {
        var training = training("locked");
        try (var _ = RunLock.of(training.folder())) {
            assertThatThrownBy(training::toTheEnd)
                    .hasMessageContaining("locked is being written by another training");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "file.begun,1,memory.json",
        "file.begun,2,step-00000002.safetensors",
        "file.made,3,best-00000003.safetensors",
        "file.written,4,step-00000003.safetensors",
        "file.flushed,5,step-00000004.safetensors",
        "file.renamed,6,best-00000006.safetensors",
        "file.kept,7,step-00000006.safetensors",
        "file.made,11,adapter_model.safetensors",
        "file.written,12,adapter_config.json",
        "file.flushed,13,trained.json"
    })
    void aFullDiskNamesTheFileAndLosesNothing(String place, int count, String file)
            throws IOException {
        var training = training("full-" + place + count);
        System.setProperty(Failpoints.PROPERTY, place + ":" + count + ":full");
        assertThatThrownBy(training::toTheEnd)
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(file + ": IOException (No space left on device). ")
                .hasMessageContaining("MiB are free there")
                .extracting(e -> ((SartorException) e).kind())
                .isEqualTo(SartorException.Kind.MISSING);
        endsInTheSameBytes(training);
    }

    @Test
    void aWholeNetworkGoesOnFromItsCheckpointAsWell() throws IOException {
        var settings = TinyTraining.usual().with(TuneMethod.Full.everything());
        var whole = new TinyTraining(decoder, settings, folder.resolve("a"), TinyTraining.rows());
        try (var model = TinyTraining.model()) {
            whole.on(model).toTheEnd();
        }
        var parts = new TinyTraining(decoder, settings, folder.resolve("b"), TinyTraining.rows());
        for (int step : new int[] {4, 7}) {
            try (var model = TinyTraining.model()) {
                parts.on(model).stopAfter(step);
            }
        }
        try (var model = TinyTraining.model()) {
            parts.on(model).toTheEnd();
        }
        assertThat(parts.folder().resolve(Safetensors.SINGLE))
                .hasSameBinaryContentAs(whole.folder().resolve(Safetensors.SINGLE));
        assertThat(parts.said()).contains("going on from step 7 of 9");
    }
}
