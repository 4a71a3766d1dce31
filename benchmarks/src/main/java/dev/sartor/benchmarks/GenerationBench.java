package dev.sartor.benchmarks;

import dev.sartor.core.Sampling;
import dev.sartor.generate.schedule.CacheScope;
import dev.sartor.generate.schedule.Prompt;
import dev.sartor.generate.schedule.Scheduler;
import dev.sartor.generate.schedule.StreamClock;
import dev.sartor.generate.schedule.TextRow;
import dev.sartor.generate.schedule.TokenSink;
import dev.sartor.model.Adapters;
import dev.sartor.model.Precision;
import dev.sartor.model.adapter.AdapterPool;
import dev.sartor.model.file.Networks;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.model.network.LoraLayout;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/// Measures how fast a model reads prompts and says texts: random prompts, the likeliest tokens, no guessing ahead, no end
/// before the limit.
public final class GenerationBench implements AutoCloseable {
    private static final int RANK = 16;
    private static final int REPETITIONS = 5;

    private final Decoder decoder;
    private final Optional<AdapterPool> pool;
    private final Scheduler scheduler;
    private final SplittableRandom random = new SplittableRandom(1);

    /// @param model a GGUF file, or a folder with one or with config.json and safetensors
    /// @param adapters how many random adapters of rank 16 the streams use in turn; 0 for none
    public GenerationBench(Path model, Precision precision, int adapters) {
        this.decoder = Networks.decoder(model, precision);
        this.pool = adapters == 0 ? Optional.empty() : Optional.of(pool(adapters));
        this.scheduler =
                new Scheduler(
                        decoder,
                        precision.keeps(),
                        Set.of(),
                        slots -> pool.map(p -> p.rows(slots)).orElse(Adapters.none()));
    }

    private AdapterPool pool(int adapters) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var made = new AdapterPool(decoder, adapters, RANK);
                for (int slot = 0; slot < adapters; slot++) {
                    var layout = LoraLayout.everywhere(decoder, RANK, 1);
                    try (var adapter = LoraAdapter.fresh(layout, new java.util.Random(slot))) {
                        made.attach(slot, adapter);
                    }
                }
                return made;
            }
        });
    }

    /// Tokens per second of prompts of `length` tokens, one at a time: the median of several.
    public double prefill(int length) {
        var rates = new double[REPETITIONS + 1];
        for (int i = 0; i < rates.length; i++) {
            long start = System.nanoTime();
            run(1, length, 1);
            rates[i] = length / ((System.nanoTime() - start) / 1e9);
        }
        return median(Arrays.copyOfRange(rates, 1, rates.length)); // the first compiles
    }

    /// Tokens per second of all streams together, while all of them are being said: the median of several.
    ///
    /// @param length tokens of each stream's prompt
    public double streams(int count, int length, int tokens) {
        var rates = new double[REPETITIONS + 1];
        for (int i = 0; i < rates.length; i++) {
            var times = run(count, length, tokens);
            long from = times.stream().mapToLong(List::getFirst).max().orElse(0);
            long to = times.stream().mapToLong(List::getLast).min().orElse(0);
            long said =
                    times.stream()
                            .flatMap(List::stream)
                            .filter(time -> time > from && time <= to)
                            .count();
            rates[i] = said / ((to - from) / 1e9);
        }
        return median(Arrays.copyOfRange(rates, 1, rates.length));
    }

    /// Tokens per second of one stream that repeats a passage from its prompt: random tokens, said twice and begun anew.
    ///
    /// @param guesses whether tokens are guessed ahead from the prompt
    public double quoting(int passage, int tokens, boolean guesses) {
        var rates = new double[REPETITIONS + 1];
        for (int i = 0; i < rates.length; i++) {
            var once = random.ints(passage, 0, decoder.vocabulary()).toArray();
            var ids = Arrays.copyOf(once, 2 * passage + passage / 4);
            System.arraycopy(once, 0, ids, passage, passage);
            System.arraycopy(once, 0, ids, 2 * passage, passage / 4);
            var times = run(List.of(prompt(ids, -1, tokens, guesses))).getFirst();
            rates[i] = (times.size() - 1) / ((times.getLast() - times.getFirst()) / 1e9);
        }
        return median(Arrays.copyOfRange(rates, 1, rates.length));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /// When the tokens of streams with random prompts came.
    private List<List<Long>> run(int count, int length, int tokens) {
        var prompts = new ArrayList<Prompt>();
        for (int i = 0; i < count; i++) {
            var ids = random.ints(length, 0, decoder.vocabulary()).toArray();
            int slot = pool.isEmpty() ? -1 : i % pool.get().slots();
            // Streams that begin first wait for the last, so that all overlap.
            prompts.add(prompt(ids, slot, tokens + 2 * (count - 1), false));
        }
        return run(prompts);
    }

    private static Prompt prompt(int[] ids, int slot, int tokens, boolean guesses) {
        var free =
                new Prompt.Free(
                        tokens, Sampling.greedy(), Optional.empty(), guesses, TokenSink.all());
        return new Prompt(
                ids, new Prompt.AdapterSlot(slot, slot), CacheScope.everyone(), Optional.of(free));
    }

    private List<List<Long>> run(List<Prompt> prompts) {
        var done = new CountDownLatch(prompts.size());
        var clocks = new ArrayList<StreamClock>();
        for (var prompt : prompts) {
            var clock = new StreamClock(done);
            clocks.add(clock);
            scheduler.submit(new TextRow(prompt, Optional.empty(), clock));
        }
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return clocks.stream().map(StreamClock::times).toList();
    }

    @Override
    public void close() {
        scheduler.close();
        pool.ifPresent(AdapterPool::close);
        decoder.close();
    }
}
