package dev.sartor.benchmarks;

import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.AdapterResponders;
import dev.sartor.generate.Generator;
import dev.sartor.generate.LanguageModel;
import dev.sartor.generate.schedule.Completion;
import dev.sartor.generate.schedule.Prompt;
import dev.sartor.generate.schedule.TokenSink;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.model.network.LoraLayout;
import dev.sartor.model.network.LoraRanks;
import dev.sartor.model.network.LoraSettings;
import dev.sartor.model.network.LoraTargets;
import dev.sartor.model.network.ModuleNames;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tensor.machine.NativeMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Asks a model with many adapters on disk random questions, many at a time, and holds each text against the one that the
/// same adapter gives when it is asked alone, the only row of its passes.
public final class AdapterBench {
    private static final int RANK = 4;
    private static final int TOKENS = 16;
    private static final int PROMPT = 48;

    /// Two texts may part where the two likeliest tokens are so close, in nats.
    private static final double NEAR_TIE = 0.05;

    private final LanguageModel model;
    private final Path folder;
    private final SplittableRandom random = new SplittableRandom(11);

    /// @param folder empty; the adapters are written there
    public AdapterBench(LanguageModel model, Path folder) {
        this.model = model;
        this.folder = folder;
    }

    /// @param adapters on disk
    /// @param inUse of them are asked for, at random
    /// @param slots adapters that can be on at the same time
    /// @param together requests at a time
    public record Traffic(int adapters, int inUse, int slots, int requests, int together) {}

    /// @param same texts equal to those given alone
    /// @param nearTies texts that part where two tokens were nearly as likely
    /// @param different the others
    public record Result(
            int same, int nearTies, int different, double seconds, List<Memory> memory) {}

    /// What the process takes after a tenth of the requests, in MiB.
    ///
    /// @param pages of it, what the pages of keys and values take that were ever used
    public record Memory(long resident, long pages) {}

    private record Asked(int adapter, int[] ids) {}

    public Result run(Traffic traffic) {
        write(traffic.adapters());
        var chosen =
                random.ints(traffic.adapters() * 4L, 0, traffic.adapters())
                        .distinct()
                        .limit(traffic.inUse())
                        .toArray();
        var asked = new ArrayList<Asked>();
        for (int i = 0; i < traffic.requests(); i++) {
            var ids = random.ints(PROMPT, 0, model.decoder().vocabulary()).toArray();
            asked.add(new Asked(chosen[random.nextInt(chosen.length)], ids));
        }
        var memory = new ArrayList<Memory>();
        var mixed = new ArrayList<Completion>();
        long start = System.nanoTime();
        try (var responders = model.withAdapters(traffic.slots(), RANK)) {
            int tenth = Math.max(1, traffic.requests() / 10);
            for (int from = 0; from < asked.size(); from += tenth) {
                var part = asked.subList(from, Math.min(asked.size(), from + tenth));
                mixed.addAll(together(responders, part, traffic.together()));
                long pages = responders.touchedBytes() >> 20;
                NativeMemory.residentMib()
                        .ifPresent(resident -> memory.add(new Memory(resident, pages)));
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return compared(traffic, asked, mixed, seconds, memory);
    }

    private void write(int adapters) {
        var layout =
                LoraLayout.of(
                        model.decoder(),
                        LoraSettings.plain(
                                LoraTargets.of(new ModuleNames.Listed(List.of("q_proj", "v_proj"))),
                                LoraRanks.of(RANK, 2 * RANK)));
        for (int i = 0; i < adapters; i++) {
            int seed = i;
            Engine.run(() -> {
                try (var _ = TensorScope.open();
                        var adapter = LoraAdapter.zero(layout, DType.F32)) {
                    adapter.flat()
                            .copyFrom(
                                    Tensors.random(seed, DType.F32, adapter.flat().count())
                                            .plus(-0.5)
                                            .times(0.2));
                    PeftFolder.write(
                            folder(seed),
                            adapter,
                            new PeftFolder.Origin(model.name(), "CAUSAL_LM", 0));
                }
            });
        }
    }

    private Path folder(int adapter) {
        return folder.resolve("adapter-" + adapter);
    }

    private List<Completion> together(AdapterResponders responders, List<Asked> part, int threads) {
        var done = new ConcurrentHashMap<Integer, Completion>();
        var work = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < part.size(); i++) {
            int at = i;
            work.add(() -> {
                var generator = responders.generator(Optional.of(folder(part.get(at).adapter())));
                done.put(at, ask(generator, part.get(at).ids()));
                return true;
            });
        }
        try (var pool = Executors.newFixedThreadPool(threads, Thread.ofVirtual().factory())) {
            for (var each : pool.invokeAll(work)) {
                each.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw SartorException.defect("a request failed: " + e.getCause(), e);
        }
        return Map.copyOf(done).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    private static Completion ask(Generator generator, int[] ids) {
        var sampling = Sampling.greedy().withTopLogProbabilities(2);
        var prompt = Prompt.free(ids, TOKENS, sampling, TokenSink.all());
        return generator
                .complete(List.of(prompt), List.of(), Progress.silent().begin("", 1, ""))
                .getFirst();
    }

    private Result compared(
            Traffic traffic,
            List<Asked> asked,
            List<Completion> mixed,
            double seconds,
            List<Memory> memory) {
        int same = 0;
        int ties = 0;
        // Fresh pages: none of them was computed in the batches.
        try (var responders = model.withAdapters(traffic.slots(), RANK)) {
            for (int i = 0; i < asked.size(); i++) {
                var generator = responders.generator(Optional.of(folder(asked.get(i).adapter())));
                var alone = ask(generator, asked.get(i).ids()).text().orElseThrow();
                var text = mixed.get(i).text().orElseThrow();
                int parting = Arrays.mismatch(alone.ids(), text.ids());
                if (parting < 0) {
                    same++;
                } else if (parting < alone.likelihoods().size()) {
                    var two = alone.likelihoods().get(parting).values();
                    ties += two[0] - two[1] <= NEAR_TIE ? 1 : 0;
                }
            }
        }
        return new Result(same, ties, asked.size() - same - ties, seconds, memory);
    }
}
