package dev.sartor.generate;

import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.schedule.Prompt;
import dev.sartor.generate.schedule.Scheduler;
import dev.sartor.generate.schedule.TokenSink;
import dev.sartor.model.Adapters;
import dev.sartor.model.RowsPass;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// How likely a model finds texts, as it is now: nothing that was computed before is taken, so that it may be trained
/// between two of them. Closing it leaves model and adapter open.
public final class TextScores implements AutoCloseable {
    /// Tokens that are read from an empty context.
    private static final int WINDOW = 256;

    /// Passes are filled up to multiples of this: the first use of each new length compiles kernels.
    private static final int STEP = 32;

    private final LanguageModel model;
    private final Adapters used;
    private final Scheduler scheduler;
    private final Generator generator;

    public TextScores(LanguageModel model, Optional<LoraAdapter> adapter) {
        this.model = model;
        this.used = adapter.<Adapters>map(each -> each).orElseGet(Adapters::none);
        this.scheduler = model.measuring(used);
        this.generator = new Generator(scheduler, model.contextLength(), AdapterSlots.same());
    }

    /// A text's beginning and what may follow it.
    ///
    /// @param choices at least one
    public record Continued(String beginning, List<String> choices) {
        public Continued {
            choices = List.copyOf(choices);
        }
    }

    /// Log-likelihoods of the choices of each text, in nats, summed over their tokens; all texts side by side. Beginnings are
    /// computed once for all of their choices.
    public List<double[]> likelihoods(List<Continued> texts) {
        return together(
                texts.stream().<Callable<double[]>>map(text -> () -> scores(text)).toList());
    }

    private double[] scores(Continued text) {
        var tokenizer = model.tokenizer();
        var prompt = tokenizer.encode(text.beginning(), true);
        var choices =
                text.choices().stream().map(choice -> tokenizer.encode(choice, false)).toList();
        return scores(prompt, choices);
    }

    private double[] scores(int[] prompt, List<int[]> choices) {
        var step = Progress.silent().begin("", 1, "");
        return generator
                .complete(List.of(Prompt.scored(prompt)), choices, step)
                .getFirst()
                .logLikelihoods();
    }

    /// A conversation as tokens.
    ///
    /// @param start where the answer begins, at least 1
    public record Answered(int[] ids, int start) {}

    /// Log-likelihoods of the answers, in nats, summed over their tokens; all side by side.
    public double[] answers(List<Answered> rows) {
        return together(rows.stream().<Callable<double[]>>map(row -> () -> answer(row)).toList())
                .stream()
                .mapToDouble(each -> each[0])
                .toArray();
    }

    private double[] answer(Answered row) {
        var answer = Arrays.copyOfRange(row.ids(), row.start(), row.ids().length);
        return scores(Arrays.copyOf(row.ids(), row.start()), List.of(answer));
    }

    /// Of each token of an answer how likely it is, and what would have been; one row after another.
    ///
    /// @throws SartorException a user's error where the row is longer than the model reads
    public TokenLikelihoods tokens(Answered row) {
        int read = row.ids().length - 1; // the last token is predicted, never read
        if (read > model.contextLength()) {
            throw SartorException.tooLong(
                    "the row has "
                            + row.ids().length
                            + " tokens, more than the model's context of "
                            + model.contextLength()
                            + ": cut it, or leave it out");
        }
        int filled = (read + STEP - 1) / STEP * STEP;
        var ids = Arrays.copyOf(Arrays.copyOf(row.ids(), read), filled);
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                var decoder = model.decoder();
                var pass = RowsPass.ragged(0, new int[] {read}, filled - read, decoder.type());
                var hidden = decoder.hidden(Tensors.indices(ids), pass, used);
                var parts = new ArrayList<TokenLikelihoods>();
                // A part at a time: the logits of all tokens of a long row would not fit into
                // memory.
                for (int at = row.start(); at <= read; at += WINDOW) {
                    int end = Math.min(read + 1, at + WINDOW);
                    var wanted = hidden.slice(0, at - 1L, (long) end - at);
                    parts.add(
                            TokenLikelihoods.of(
                                    decoder.logits(wanted, used).to(DType.F32),
                                    Arrays.copyOfRange(row.ids(), at, end)));
                }
                return TokenLikelihoods.joined(parts);
            }
        });
    }

    /// The log-likelihoods of what may follow a prompt, in nats, summed over the tokens of each. The prompt is computed once.
    ///
    /// @param choices at least one
    public double[] continuations(int[] prompt, List<int[]> choices) {
        return scores(prompt, choices);
    }

    /// What the model says after each prompt, without the token that ends it; all prompts side by side.
    public List<int[]> said(List<int[]> prompts, int maxTokens, List<Sampling> sampling) {
        var rows = new ArrayList<Prompt>();
        for (int i = 0; i < prompts.size(); i++) {
            rows.add(Prompt.free(prompts.get(i), maxTokens, sampling.get(i), TokenSink.all()));
        }
        var step = Progress.silent().begin("", rows.size(), "");
        return generator.complete(rows, List.of(), step).stream()
                .map(done -> done.text().orElseThrow().ids())
                .toList();
    }

    /// The exponential of the mean negative log-likelihood of a text's tokens, the first of each window left out: it holds 256, or as many
    /// as the model can read.
    public double perplexity(String text) {
        var ids = model.tokenizer().encode(text, true);
        int window = Math.min(WINDOW, model.contextLength());
        var windows = new ArrayList<int[]>();
        for (int start = 0; start + 1 < ids.length; start += window) {
            windows.add(Arrays.copyOfRange(ids, start, Math.min(ids.length, start + window)));
        }
        // One after another: side by side they would hold the logits of all.
        var sums = windows.stream().map(this::scored).toList();
        double sum = sums.stream().mapToDouble(each -> each[0]).sum();
        long count = windows.stream().mapToLong(each -> each.length - 1).sum();
        return Math.exp(-sum / count);
    }

    private double[] scored(int[] window) {
        return scores(new int[] {window[0]}, List.of(Arrays.copyOfRange(window, 1, window.length)));
    }

    /// As callers who know nothing of each other: the scheduler computes their rows side by side.
    private static List<double[]> together(List<Callable<double[]>> calls) {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            return callers.invokeAll(calls).stream().map(TextScores::joined).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SartorException.stopped("interrupted while texts were scored");
        }
    }

    private static double[] joined(Future<double[]> call) {
        try {
            return call.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SartorException.stopped("interrupted while texts were scored");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SartorException known) {
                throw known;
            }
            throw SartorException.defect("a text was not scored", e);
        }
    }

    @Override
    public void close() {
        scheduler.close();
    }
}
