package dev.sartor.benchmarks;

import dev.sartor.model.network.Decoder;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.machine.NativeMemory;
import dev.sartor.tune.TrainingRow;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.trainer.LoraSteps;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Steps of LoRA on random tokens, each in the loss, no beginning shared: the same work as a plain loop of PEFT does.
public final class StepBench {
    private static final int WARMUP = 2;

    private final Decoder decoder;
    private final TuneSettings settings;

    public StepBench(Decoder decoder, TuneSettings settings) {
        this.decoder = decoder;
        this.settings = settings;
    }

    /// @param tokensPerSecond of the median step
    /// @param gflopPerToken by formula, see {@link LoraSteps#gflopPerToken}
    /// @param gflops both multiplied
    /// @param loss of the last step
    /// @param peakRssMib the most that the process held in memory; 0 where the system does not say
    public record Result(
            double tokensPerSecond,
            double gflopPerToken,
            double gflops,
            double loss,
            long peakRssMib) {}

    /// @param length tokens of each row
    /// @param steps that are timed, after two that are not
    public Result run(int rows, int length, int steps) {
        var times = new double[steps];
        double loss =
                Engine.call(() -> {
                    try (var _ = TensorScope.open();
                            var taken = new LoraSteps(decoder, settings)) {
                        return times(taken, rows, length, times);
                    }
                });
        java.util.Arrays.sort(times);
        double speed = rows * (double) length / times[steps / 2];
        double work = LoraSteps.gflopPerToken(decoder, settings, length);
        return new Result(speed, work, speed * work, loss, NativeMemory.peakMib().orElse(0));
    }

    private double times(LoraSteps taken, int rows, int length, double[] times) {
        var random = new Random(settings.seed());
        double loss = 0;
        for (int step = -WARMUP; step < times.length; step++) {
            var batch = batch(random, rows, length);
            long begin = System.nanoTime();
            loss = taken.step(batch);
            if (step >= 0) {
                times[step] = (System.nanoTime() - begin) / 1e9;
            }
        }
        return loss;
    }

    /// A row computes all its tokens but the last, and learns all but the first.
    private List<TrainingRow> batch(Random random, int rows, int length) {
        return IntStream.range(0, rows)
                .mapToObj(_ ->
                        TrainingRow.text(
                                random.ints(length + 1, 0, decoder.vocabulary()).toArray()))
                .toList();
    }
}
