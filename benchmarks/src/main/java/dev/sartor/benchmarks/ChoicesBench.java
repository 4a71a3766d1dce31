package dev.sartor.benchmarks;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.AdapterSlots;
import dev.sartor.generate.Generator;
import dev.sartor.generate.schedule.Prompt;
import dev.sartor.generate.schedule.Scheduler;
import dev.sartor.model.Adapters;
import dev.sartor.model.Precision;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.Decoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// Measures what it spares to compute a prompt once for all of its choices: random prompts, random labels of 2 to 6 tokens.
public final class ChoicesBench implements AutoCloseable {
    private static final int REPETITIONS = 3;
    private static final int SHORTEST = 2;
    private static final int LONGEST = 6;

    private final Decoder decoder;
    private final Scheduler scheduler;
    private final Generator sharing;
    private final Generator unsharing;
    private final SplittableRandom random = new SplittableRandom(1);

    /// @param sharedSeconds for a prompt and all of its labels, the median of several
    /// @param aloneSeconds for the same where the prompt is computed anew for each label, all of them side by side
    /// @param greatestDifference of a label's log-likelihoods by the two ways, in nats
    public record Result(double sharedSeconds, double aloneSeconds, double greatestDifference) {
        /// How many times as fast sharing is.
        public double ratio() {
            return aloneSeconds / sharedSeconds;
        }
    }

    /// @param model a GGUF file, or a folder with one or with config.json and safetensors
    public ChoicesBench(Path model, Precision precision) {
        this.decoder = Networks.decoder(model, precision);
        this.scheduler = new Scheduler(decoder, precision.keeps(), Set.of(), _ -> Adapters.none());
        this.sharing = new Generator(scheduler, decoder.contextLength(), AdapterSlots.same());
        // Rows with different adapters share no pages.
        this.unsharing =
                new Generator(
                        scheduler,
                        decoder.contextLength(),
                        () ->
                                new AdapterSlots.AdapterLease(
                                        new Prompt.AdapterSlot(new Object(), -1), () -> {}));
    }

    private record Timed(double seconds, double[] logLikelihoods) {
        static Timed of(Supplier<double[]> work) {
            long start = System.nanoTime();
            var scores = work.get();
            return new Timed((System.nanoTime() - start) / 1e9, scores);
        }
    }

    /// @param prefix tokens of a prompt
    /// @param count how many labels follow it
    public Result run(int prefix, int count) {
        var shared = new double[REPETITIONS + 1];
        var alone = new double[REPETITIONS + 1];
        double difference = 0;
        for (int i = 0; i <= REPETITIONS; i++) {
            var prompt = tokens(prefix);
            var labels = new ArrayList<int[]>();
            while (labels.size() < count) {
                labels.add(tokens(random.nextInt(SHORTEST, LONGEST + 1)));
            }
            var once = Timed.of(() -> once(prompt, labels));
            var each = Timed.of(() -> each(prompt, labels));
            shared[i] = once.seconds();
            alone[i] = each.seconds();
            for (int c = 0; c < count; c++) {
                difference =
                        Math.max(
                                difference,
                                Math.abs(once.logLikelihoods()[c] - each.logLikelihoods()[c]));
            }
        }
        return new Result(median(shared), median(alone), difference);
    }

    private int[] tokens(int count) {
        return random.ints(count, 0, decoder.vocabulary()).toArray();
    }

    /// The first compiles.
    private static double median(double[] seconds) {
        var sorted = Arrays.copyOfRange(seconds, 1, seconds.length);
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private double[] once(int[] prompt, List<int[]> labels) {
        return scores(sharing, prompt, labels);
    }

    /// All at the same time, as callers who know nothing of each other.
    private double[] each(int[] prompt, List<int[]> labels) {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls =
                    labels.stream()
                            .map(label ->
                                    callers.submit(
                                            () -> scores(unsharing, prompt, List.of(label))[0]))
                            .toList();
            return calls.stream().mapToDouble(ChoicesBench::joined).toArray();
        }
    }

    private static double joined(Future<Double> call) {
        try {
            return call.get();
        } catch (InterruptedException | ExecutionException e) {
            throw SartorException.defect("a label was not scored", e);
        }
    }

    private static double[] scores(Generator by, int[] prompt, List<int[]> labels) {
        var step = Progress.silent().begin("", 1, "");
        return by.complete(List.of(Prompt.scored(prompt)), labels, step)
                .getFirst()
                .logLikelihoods();
    }

    @Override
    public void close() {
        scheduler.close();
        decoder.close();
    }
}
