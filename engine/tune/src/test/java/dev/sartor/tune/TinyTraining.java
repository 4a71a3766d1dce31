package dev.sartor.tune;

import dev.sartor.core.SartorException;
import dev.sartor.core.Score;
import dev.sartor.core.work.Cancellation;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.Decoder;
import dev.sartor.tensor.DType;
import dev.sartor.tune.trainer.Trainer;
import dev.sartor.tune.trainer.TrialState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/// A training of a tiny model in a folder: nine steps of four rows, measured after 3, 6 and 9, saved after each second
/// one. Each measurement is better than the one before.
public final class TinyTraining {
    private Decoder decoder;
    private final TuneSettings settings;
    private final Path folder;
    private final List<TrainingRow> rows;
    private final List<String> said = new ArrayList<>();
    private int measurements;

    public TinyTraining(Decoder decoder, Path folder) {
        this(decoder, usual(), folder, rows());
    }

    public TinyTraining(
            Decoder decoder, TuneSettings settings, Path folder, List<TrainingRow> rows) {
        this.decoder = decoder;
        this.settings = settings;
        this.folder = folder;
        this.rows = rows;
    }

    /// Goes on with a copy of the model, as whole networks change in training.
    public TinyTraining on(Decoder copy) {
        decoder = copy;
        return this;
    }

    public static TuneSettings usual() {
        return TuneSettings.usual().withBatch(4).withLearningRate(1e-2);
    }

    public static Decoder model() {
        return Networks.decoder(Reference.model("llama"), DType.F32);
    }

    /// Twelve rows whose answer repeats the token before it.
    public static List<TrainingRow> rows() {
        var random = new Random(3);
        return IntStream.range(0, 12)
                .mapToObj(i -> row(random.ints(8 + i % 6, 3, 99).toArray()))
                .toList();
    }

    private static TrainingRow row(int[] ids) {
        ids[0] = 7;
        ids[1] = 8;
        ids[ids.length - 2] = ids[ids.length - 3];
        ids[ids.length - 1] = 2;
        return TrainingRow.answer(ids, ids.length - 2);
    }

    public TrainingReport toTheEnd() {
        return train(List.of(), new Cancellation());
    }

    /// As when the user asks to stop while a step is taken.
    public void stopAfter(int step) {
        var cancellation = new Cancellation();
        try {
            train(List.of(new Stopping(step, cancellation)), cancellation);
        } catch (SartorException e) {
            if (e.kind() != SartorException.Kind.STOPPED) {
                throw e;
            }
            return;
        }
        throw new AssertionError("it was not stopped after step " + step);
    }

    TrainingReport train(List<TrainingWatcher> watchers, Cancellation cancellation) {
        return Trainer.texts(decoder, "tiny", settings)
                .train(TrainingSet.of(rows, 100), around(watchers, cancellation));
    }

    public TrialState to(double share) {
        return Trainer.texts(decoder, "tiny", settings)
                .trainTo(share, TrainingSet.of(rows, 100), around(List.of(), new Cancellation()));
    }

    private Trainer.Surroundings around(List<TrainingWatcher> watchers, Cancellation cancellation) {
        return new Trainer.Surroundings(
                folder,
                Optional.of(_ -> score(++measurements)),
                Optional.empty(),
                new TuneWatch(0, 0, 2, 0.05),
                watchers,
                new Told(said),
                cancellation);
    }

    public int measurements() {
        return measurements;
    }

    /// All that was said, one line each.
    public String said() {
        return String.join("\n", said);
    }

    public Path folder() {
        return folder;
    }

    public Path checkpoint(String name) {
        return folder.resolve("checkpoints").resolve(name + ".safetensors");
    }

    /// The names of the files in the folder of checkpoints, in order.
    public List<String> checkpoints() throws IOException {
        try (var files = Files.list(folder.resolve("checkpoints"))) {
            return files.map(file -> file.getFileName().toString().replace(".safetensors", ""))
                    .sorted()
                    .toList();
        }
    }

    public byte[] adapter() throws IOException {
        return Files.readAllBytes(folder.resolve("adapter_model.safetensors"));
    }

    public static void flip(Path file, long bit) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
        Files.write(file, bytes);
    }

    public static void cut(Path file, int length) throws IOException {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
    }

    private static Score score(int measurement) {
        double value = measurement / 100.0;
        return new Score("accuracy", value, value, value, 10);
    }

    public record Stopping(int step, Cancellation cancellation) implements TrainingWatcher {
        @Override
        public void begins(int begun, int steps) {}

        @Override
        public void step(TrainingReport.StepReport report, Pace pace) {
            if (report.step() == step) {
                cancellation.ask();
            }
        }

        @Override
        public void check(TrainingReport.CheckReport check) {}

        @Override
        public void close() {}
    }
}
