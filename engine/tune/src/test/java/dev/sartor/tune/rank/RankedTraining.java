package dev.sartor.tune.rank;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.Score;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.model.file.Networks;
import dev.sartor.tensor.DType;
import dev.sartor.tune.TrainingReport;
import dev.sartor.tune.TrainingRow;
import dev.sartor.tune.TrainingSet;
import dev.sartor.tune.TrainingWatcher;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneOptimiser;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.TuneWatch;
import dev.sartor.tune.trainer.Trainer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/// One rank of a training of a tiny model, as a process of its own: its arguments are a {@link Plan} as JSON. Rank 0 prints how the
/// training ended, as JSON, after whatever native code prints.
public final class RankedTraining {
    private static final int ROWS = 40;

    /// Of two or three rows: gradients are accumulated.
    private static final int MICRO_BATCH_TOKENS = 24;

    /// @param port of rank 0's rendezvous
    /// @param stopAt the step after which rank 0 is asked to stop; 0 for none
    record Plan(
            String model,
            String folder,
            int rank,
            int ranks,
            int port,
            String token,
            int epochs,
            double learningRate,
            boolean full,
            boolean eightBit,
            int stopAt,
            double patience) {
        Plan as(int other) {
            return of(other, token, epochs, learningRate, stopAt, patience);
        }

        Plan withToken(String other) {
            return of(rank, other, epochs, learningRate, stopAt, patience);
        }

        Plan withEpochs(int other) {
            return of(rank, token, other, learningRate, stopAt, patience);
        }

        Plan withLearningRate(double other) {
            return of(rank, token, epochs, other, stopAt, patience);
        }

        Plan stoppingAt(int step) {
            return of(rank, token, epochs, learningRate, step, patience);
        }

        Plan waiting(double seconds) {
            return of(rank, token, epochs, learningRate, stopAt, seconds);
        }

        Plan whole() {
            return new Plan(
                    model,
                    folder,
                    rank,
                    ranks,
                    port,
                    token,
                    epochs,
                    learningRate,
                    true,
                    true,
                    stopAt,
                    patience);
        }

        private Plan of(int itself, String its, int rounds, double rate, int stop, double seconds) {
            return new Plan(
                    model, folder, itself, ranks, port, its, rounds, rate, full, eightBit, stop,
                    seconds);
        }
    }

    private RankedTraining() {}

    public static void main(String[] args) throws IOException {
        var answer = answer(Json.mapper().readValue(args[0], Plan.class));
        System.out.println("\n" + Json.line(answer));
        System.exit(answer.containsKey("error") ? 1 : 0);
    }

    /// Trains in this process.
    static Map<String, Object> answer(Plan plan) throws IOException {
        var answer = new LinkedHashMap<String, Object>();
        try {
            var report = train(plan);
            if (report.isPresent()) {
                var steps = report.get().steps().stream();
                answer.put("losses", steps.map(TrainingReport.StepReport::loss).toList());
                answer.put("sha256", Sha256.of(result(plan)));
            }
        } catch (SartorException e) {
            answer.put("error", e.getMessage());
            answer.put("kind", e.kind().name());
        }
        return answer;
    }

    static Path result(Plan plan) {
        return Path.of(plan.folder)
                .resolve(plan.full ? "model.safetensors" : "adapter_model.safetensors");
    }

    private static Optional<TrainingReport> train(Plan plan) {
        var settings =
                TuneSettings.usual()
                        .with(plan.full ? TuneMethod.Full.everything() : TuneMethod.Lora.of(16, 32))
                        .with(plan.eightBit ? TuneOptimiser.ADAMW_8BIT : TuneOptimiser.ADAMW)
                        .withEpochs(plan.epochs)
                        .withBatch(5)
                        .with(new TuneSettings.Passes(MICRO_BATCH_TOKENS, false, false, false))
                        .withLearningRate(plan.learningRate);
        var cancellation = new Cancellation();
        var set = TrainingSet.of(rows(), 100);
        try (var decoder = Networks.decoder(Path.of(plan.model), DType.F32)) {
            var trainer = Trainer.texts(decoder, "tiny", settings).across(ranks(plan));
            if (plan.rank > 0) {
                trainer.follow(set, Progress.silent());
                return Optional.empty();
            }
            var around =
                    new Trainer.Surroundings(
                            Path.of(plan.folder),
                            Optional.of(_ -> new Score("accuracy", .5, .5, .5, 10)),
                            Optional.empty(),
                            new TuneWatch(0, 0, 3, 0.05),
                            List.of(new Stopping(plan.stopAt, cancellation)),
                            Progress.silent(),
                            cancellation);
            return Optional.of(trainer.train(set, around));
        }
    }

    private static Ranks ranks(Plan plan) {
        if (plan.ranks == 1) {
            return Ranks.none();
        }
        var place =
                new Ranks.Place(
                        plan.rank,
                        plan.ranks,
                        plan.ranks,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), plan.port),
                        RankToken.of(plan.token),
                        Duration.ofMillis((long) (1000 * plan.patience)),
                        "1",
                        _ -> {});
        return plan.rank == 0
                ? Ranks.leading(place, Ranks.Starter.nobody())
                : Ranks.following(place);
    }

    /// Of unlike lengths, so that shares are uneven.
    private static List<TrainingRow> rows() {
        var random = new Random(3);
        return IntStream.range(0, ROWS - 2)
                .mapToObj(i -> random.ints(8 + i % 9, 3, 128).toArray())
                .map(ids -> TrainingRow.answer(ids, ids.length - 1 - ids.length % 3))
                .toList();
    }

    private record Stopping(int at, Cancellation cancellation) implements TrainingWatcher {
        @Override
        public void begins(int begun, int steps) {}

        @Override
        public void step(TrainingReport.StepReport report, Pace pace) {
            if (report.step() == at) {
                cancellation.ask();
            }
        }

        @Override
        public void check(TrainingReport.CheckReport check) {}

        @Override
        public void close() {}
    }
}
