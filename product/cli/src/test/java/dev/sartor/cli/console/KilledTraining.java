package dev.sartor.cli.console;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.Score;
import dev.sartor.core.file.Failpoints;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tune.TrainingRow;
import dev.sartor.tune.TrainingSet;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.TuneWatch;
import dev.sartor.tune.trainer.Trainer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/// Trains a tiny model for bench/kill_training.py, which kills it: `MODEL lora|full`. Each line of the input is a
/// folder, or a folder, a tab and a failpoint; each line of the output is `ready` or tells as JSON how the training ended.
/// After Ctrl-C the process ends as a command does.
final class KilledTraining {
    private static final int ROWS = 32;

    private final Path model;
    private final TuneMethod method;
    private final Console console;
    private final Cancellation cancellation;

    private KilledTraining(
            Path model, TuneMethod method, Console console, Cancellation cancellation) {
        this.model = model;
        this.method = method;
        this.console = console;
        this.cancellation = cancellation;
    }

    public static void main(String[] args) throws IOException {
        var cache = Path.of(System.getProperty("java.io.tmpdir"));
        var surroundings = new Surroundings(0, false, false, cache);
        var console =
                new Console(System.in, System.out, System.err, surroundings, System::nanoTime);
        var method =
                args[1].equals("full") ? TuneMethod.Full.everything() : TuneMethod.Lora.of(16, 32);
        try (var interrupts = Interrupts.listen(console);
                var in =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            var training =
                    new KilledTraining(
                            Path.of(args[0]), method, console, interrupts.cancellation());
            Engine.threads();
            console.print("ready");
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                console.print(training.answer(line.split("\t", 2)));
            }
        } catch (SartorException e) {
            var log = new DefectLog(surroundings.cache(), java.time.Clock.systemUTC());
            System.exit(new Failures(console, log, List.of("tune")).report(e));
        }
    }

    private String answer(String[] asked) throws IOException {
        var folder = Path.of(asked[0]);
        var answer = new LinkedHashMap<String, Object>();
        var said = new ArrayList<String>();
        System.clearProperty(Failpoints.PROPERTY);
        if (asked.length > 1) {
            System.setProperty(Failpoints.PROPERTY, asked[1]);
        }
        try {
            train(folder, new Told(console, said));
            answer.put("sha256", digest(folder));
            answer.put("left", left(folder));
        } catch (SartorException e) {
            if (e.kind() == SartorException.Kind.STOPPED) {
                throw e;
            }
            answer.put("error", e.getMessage());
            answer.put("exit", e.kind().exitCode());
        }
        answer.put("said", said);
        return Json.line(answer);
    }

    private void train(Path folder, Progress progress) {
        var settings =
                TuneSettings.usual().with(method).withBatch(4).withLearningRate(1e-2).withSeed(7);
        var around =
                new Trainer.Surroundings(
                        folder,
                        Optional.of(KilledTraining::score),
                        Optional.empty(),
                        new TuneWatch(0, 0, 3, 0.05),
                        List.of(),
                        progress,
                        cancellation);
        try (Decoder decoder = Networks.decoder(model, DType.F32)) {
            Trainer.texts(decoder, "tiny", settings).train(TrainingSet.of(rows(), 100), around);
        }
    }

    /// An adapter's grows, so that each measurement is the best; a whole network's stays, so that the first is.
    private static Score score(Optional<LoraAdapter> adapter) {
        double value =
                Engine.call(() -> {
                    try (var _ = TensorScope.open()) {
                        return adapter.map(each -> each.flat().to(DType.F32).norm().item())
                                .orElse(1.0);
                    }
                });
        return new Score("norm", value, value, value, 1);
    }

    private static List<TrainingRow> rows() {
        var random = new Random(3);
        return IntStream.range(0, ROWS)
                .mapToObj(i -> random.ints(8 + i % 6, 3, 128).toArray())
                .map(ids -> TrainingRow.answer(ids, ids.length - 2))
                .toList();
    }

    private static String digest(Path folder) throws IOException {
        var adapter = folder.resolve("adapter_model.safetensors");
        return Sha256.of(Files.exists(adapter) ? adapter : folder.resolve("model.safetensors"));
    }

    private static List<String> left(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /// Says it to the user, and keeps it.
    private record Told(Console console, List<String> lines) implements Progress {
        @Override
        public Step begin(String what, long total, String unit) {
            return console.begin(what, total, unit);
        }

        @Override
        public void say(String line) {
            console.say(line);
            lines.add(line);
        }
    }
}
