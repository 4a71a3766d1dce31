package dev.sartor.generate.seq2seq;

import dev.sartor.core.Answer;
import dev.sartor.core.Sampling;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.schedule.BatchPlan;
import dev.sartor.generate.schedule.TokenSink;
import dev.sartor.model.Adapters;
import dev.sartor.model.EncoderPass;
import dev.sartor.model.network.Decoding;
import dev.sartor.model.network.EncoderDecoder;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// Answers texts with an encoder-decoder, texts of like length together: by free text, or by the likelihoods of given
/// choices. Safe for concurrent callers: their batches take turns on the engine.
final class SequenceGenerator {
    /// Choices that are scored at once.
    private static final int MOST_CHOICES = 64;

    private final EncoderDecoder network;
    private final Adapters adapters;
    private final Set<Integer> endings;

    /// @param endings tokens that end an answer
    SequenceGenerator(EncoderDecoder network, Adapters adapters, Set<Integer> endings) {
        this.network = network;
        this.adapters = adapters;
        this.endings = Set.copyOf(endings);
    }

    /// @param ids what is read, at least one token
    /// @param maxTokens the most tokens to say, at least 1
    record Wanted(int[] ids, int maxTokens, Sampling sampling, TokenSink sink) {}

    /// @param ids without the token that ended it
    /// @param seconds the answer's share of its batch's wall-clock time
    record Said(int[] ids, Answer.Finish finish, double seconds) {}

    /// @param logLikelihoods of the choices, in nats
    /// @param seconds the row's share of its batch's wall-clock time
    record Scored(double[] logLikelihoods, double seconds) {}

    /// @param step advances by one for each answer
    List<Said> write(List<Wanted> wanted, Progress.Step step) {
        var said = new ArrayList<Said>(Collections.nCopies(wanted.size(), null));
        for (var group : BatchPlan.of(wanted.size(), i -> wanted.get(i).ids().length)) {
            var rows = group.stream().map(wanted::get).toList();
            long start = System.nanoTime();
            int most = rows.stream().mapToInt(Wanted::maxTokens).max().orElse(1);
            var texts = rows.stream().map(Wanted::ids).toList();
            try (var batch = new SequenceBatch(network, adapters, endings, read(texts, most))) {
                var answers = batch.run(rows);
                double seconds = (System.nanoTime() - start) / 1e9 / rows.size();
                for (int i = 0; i < rows.size(); i++) {
                    said.set(group.get(i), answers.get(i).said(seconds));
                }
            }
            step.advance(rows.size());
        }
        return said;
    }

    /// @param choices tokens of each continuation, its end counted
    List<Scored> score(List<int[]> prompts, List<int[]> choices, Progress.Step step) {
        var scored = new ArrayList<Scored>(Collections.nCopies(prompts.size(), null));
        int longest = choices.stream().mapToInt(c -> c.length).max().orElse(0);
        for (var group : BatchPlan.of(prompts.size(), i -> prompts.get(i).length)) {
            long start = System.nanoTime();
            var values = new double[group.size()][];
            try (var read = read(group.stream().map(prompts::get).toList(), longest)) {
                for (int row = 0; row < group.size(); row++) {
                    values[row] = scores(read, row, choices);
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9 / group.size();
            for (int row = 0; row < group.size(); row++) {
                scored.set(group.get(row), new Scored(values[row], seconds));
            }
            step.advance(group.size());
        }
        return scored;
    }

    private Decoding read(List<int[]> texts, int capacity) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                return network.read(EncoderPass.of(texts, network.type()), capacity, adapters);
            }
        });
    }

    private double[] scores(Decoding read, int row, List<int[]> choices) {
        var scores = new double[choices.size()];
        for (int from = 0; from < scores.length; from += MOST_CHOICES) {
            int to = Math.min(scores.length, from + MOST_CHOICES);
            var part = choices.subList(from, to);
            var sums = Engine.call(() -> sums(read, row, part));
            System.arraycopy(sums, 0, scores, from, sums.length);
        }
        return scores;
    }

    /// The choices as rows of one step: each is told all tokens but its last, and is asked for all but the first.
    private double[] sums(Decoding read, int row, List<int[]> choices) {
        int length = choices.stream().mapToInt(c -> c.length).max().orElse(0);
        int vocabulary = network.vocabulary();
        var ids = new int[choices.size() * length];
        var wanted = new long[ids.length];
        for (int i = 0; i < choices.size(); i++) {
            var choice = choices.get(i);
            ids[i * length] = network.startToken();
            for (int t = 0; t < choice.length; t++) {
                int at = i * length + t;
                wanted[at] = (long) at * vocabulary + choice[t];
                if (t + 1 < choice.length) {
                    ids[at + 1] = choice[t];
                }
            }
        }
        var rows = new int[choices.size()];
        Arrays.fill(rows, row);
        try (var _ = TensorScope.open();
                var copies = read.rows(rows)) {
            var logs =
                    network.logits(copies.step(ids, adapters), adapters)
                            .to(DType.F32)
                            .logSoftmax(-1);
            var picked =
                    logs.view(logs.count())
                            .selected(0, Tensors.of(wanted, wanted.length))
                            .toFloats();
            var sums = new double[choices.size()];
            for (int i = 0; i < sums.length; i++) {
                for (int t = 0; t < choices.get(i).length; t++) {
                    sums[i] += picked[i * length + t];
                }
            }
            return sums;
        }
    }
}
