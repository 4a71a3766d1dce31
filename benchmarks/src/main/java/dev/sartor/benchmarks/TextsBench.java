package dev.sartor.benchmarks;

import dev.sartor.core.Message;
import dev.sartor.core.Sampling;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.AdapterSlots;
import dev.sartor.generate.Generator;
import dev.sartor.generate.LanguageModel;
import dev.sartor.generate.schedule.CacheScope;
import dev.sartor.generate.schedule.Prompt;
import dev.sartor.generate.schedule.Scheduler;
import dev.sartor.generate.schedule.TokenSink;
import dev.sartor.model.Adapters;
import dev.sartor.model.Precision;
import dev.sartor.tensor.DType;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Measures how often rounding changes a greedy text: the same questions answered one by one and side by side, by a model's
/// weights as they are to be held and in fp32.
public final class TextsBench implements AutoCloseable {
    private final LanguageModel exact;
    private final LanguageModel held;

    /// In fp32, and to it a token that ends a text is one like any other.
    private final Scheduler endless;

    private final Generator margins;
    private final int tokens;
    private final int streams;

    /// Where texts part from those that they are held against.
    ///
    /// @param margins for each pair of texts that differ: by how much, in nats, fp32 finds its likeliest token likelier than
    ///     its second where they part, after what both texts have in common
    public record Partings(double[] margins) {
        public Partings {
            margins = margins.clone();
            Arrays.sort(margins);
        }
    }

    /// @param texts how many of each way
    /// @param said tokens of all texts of fp32, one by one
    /// @param together side by side against one by one
    /// @param rounded one by one against fp32, one by one
    /// @param roundedTogether side by side against fp32, one by one
    /// @param exactTogether fp32 side by side against fp32 one by one
    public record Result(
            int texts,
            int said,
            Partings together,
            Partings rounded,
            Partings roundedTogether,
            Partings exactTogether) {}

    /// @param model a GGUF file, or a folder with one or with config.json, tokenizer.json and safetensors
    /// @param precision how the weights are held that are compared with fp32's
    /// @param tokens the most of a text
    /// @param streams texts that are said side by side
    public TextsBench(String name, Path model, Precision precision, int tokens, int streams) {
        this.exact = LanguageModel.open(name, model, Precision.F32, Clock.systemUTC());
        this.held = LanguageModel.open(name, model, precision, Clock.systemUTC());
        this.endless = new Scheduler(exact.decoder(), DType.F32, Set.of(), _ -> Adapters.none());
        this.margins = new Generator(endless, exact.contextLength(), AdapterSlots.same());
        this.tokens = tokens;
        this.streams = streams;
    }

    /// @param questions users' messages
    public Result run(List<String> questions, Progress progress) {
        var prompts = questions.stream().map(q -> exact.prompt(List.of(Message.user(q)))).toList();
        try (var step = progress.begin("answering", 4L * prompts.size(), "texts")) {
            var reference = said(exact, prompts, 1, step);
            var exactTogether = said(exact, prompts, streams, step);
            var alone = said(held, prompts, 1, step);
            var together = said(held, prompts, streams, step);
            return new Result(
                    prompts.size(),
                    reference.stream().mapToInt(text -> text.length).sum(),
                    partings(prompts, alone, together),
                    partings(prompts, reference, alone),
                    partings(prompts, reference, together),
                    partings(prompts, reference, exactTogether));
        }
    }

    /// The texts after the prompts, with keys and values that no other way has computed.
    private List<int[]> said(
            LanguageModel model, List<int[]> prompts, int count, Progress.Step step) {
        var said = new ArrayList<int[]>();
        try (var scheduler = model.scheduler(_ -> Adapters.none())) {
            var generator = new Generator(scheduler, model.contextLength(), AdapterSlots.same());
            for (int from = 0; from < prompts.size(); from += count) {
                var some = prompts.subList(from, Math.min(prompts.size(), from + count));
                var asked =
                        some.stream().map(ids -> prompt(ids, Sampling.greedy(), tokens)).toList();
                for (var done : generator.complete(asked, List.of(), step)) {
                    said.add(done.text().orElseThrow().ids());
                }
            }
        }
        return said;
    }

    /// Nothing is guessed ahead: a guess is a row of its own, and would change how many there are.
    private static Prompt prompt(int[] ids, Sampling sampling, int tokens) {
        var free = new Prompt.Free(tokens, sampling, Optional.empty(), false, TokenSink.all());
        return new Prompt(ids, Prompt.AdapterSlot.SAME, CacheScope.everyone(), Optional.of(free));
    }

    private Partings partings(List<int[]> prompts, List<int[]> some, List<int[]> others) {
        var contexts = new ArrayList<int[]>();
        for (int i = 0; i < prompts.size(); i++) {
            int common = Arrays.mismatch(some.get(i), others.get(i));
            if (common >= 0) {
                var prompt = prompts.get(i);
                var context = Arrays.copyOf(prompt, prompt.length + common);
                System.arraycopy(some.get(i), 0, context, prompt.length, common);
                contexts.add(context);
            }
        }
        return new Partings(contexts.stream().mapToDouble(this::margin).toArray());
    }

    private double margin(int[] context) {
        var sampling = Sampling.greedy().withTopLogProbabilities(2);
        var asked = List.of(prompt(context, sampling, 1));
        try (var step = Progress.silent().begin("", 1, "")) {
            var text = margins.complete(asked, List.of(), step).getFirst().text().orElseThrow();
            var values = text.likelihoods().getFirst().values();
            return values[0] - values[1];
        }
    }

    @Override
    public void close() {
        endless.close();
        held.close();
        exact.close();
    }
}
