package dev.sartor.generate;

import dev.sartor.core.Progress;
import dev.sartor.core.SartorException;
import dev.sartor.model.Decoder;
import dev.sartor.model.LoraAdapter;
import dev.sartor.model.TreePass;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Log-likelihoods of given continuations: each prompt is computed once, with all continuations as branches beside it.
final class ChoiceScorer {
    private final Decoder decoder;

    ChoiceScorer(Decoder decoder) {
        this.decoder = decoder;
    }

    /// @param logLikelihoods in nats, one per continuation, summed over its tokens
    /// @param cachedTokens prompt tokens that were computed once for several prompts
    /// @param seconds the prompt's share of its batch's wall-clock time
    record Scored(double[] logLikelihoods, int cachedTokens, double seconds) {}

    /// @param prompts at least one token each
    /// @param continuations tokens of each, the same for all prompts
    List<Scored> score(
            List<int[]> prompts,
            List<int[]> continuations,
            Optional<LoraAdapter> adapter,
            Progress.Step step) {
        var tree = new ChoiceTree(continuations);
        prompts.forEach(prompt -> check(prompt, continuations));
        var scored = new ArrayList<Scored>(Collections.nCopies(prompts.size(), null));
        try (var shared = SharedPrefix.of(decoder, prompts, adapter)) {
            var plan =
                    BatchPlan.of(
                            prompts.size(),
                            i -> prompts.get(i).length - shared.tokens() + tree.size());
            for (var group : plan) {
                long start = System.nanoTime();
                var rows = group.stream().map(prompts::get).toList();
                var values = Engine.call(() -> batch(rows, tree, shared, adapter));
                double seconds = (System.nanoTime() - start) / 1e9 / group.size();
                for (int i = 0; i < group.size(); i++) {
                    scored.set(group.get(i), new Scored(values[i], shared.tokens(), seconds));
                }
                step.advance(group.size());
            }
        }
        return scored;
    }

    private void check(int[] prompt, List<int[]> continuations) {
        int needed = prompt.length + continuations.stream().mapToInt(c -> c.length).max().orElse(0);
        if (needed > decoder.contextLength()) {
            throw SartorException.user(
                    "the prompt and the longest label have "
                            + needed
                            + " tokens, more than the model's context of "
                            + decoder.contextLength()
                            + ": shorten the message");
        }
    }

    /// A row is the prompt's own tokens, then the tree without its root, then padding.
    private double[][] batch(
            List<int[]> prompts,
            ChoiceTree tree,
            SharedPrefix shared,
            Optional<LoraAdapter> adapter) {
        int longest = prompts.stream().mapToInt(p -> p.length).max().orElse(1) - shared.tokens();
        int length = BatchPlan.padded(longest + tree.size() - 1);
        var ids = new int[prompts.size() * length];
        var parents = new int[prompts.size()][length];
        var inner = tree.inner();
        var wanted = new int[prompts.size() * inner.length];
        for (int row = 0; row < prompts.size(); row++) {
            int own = prompts.get(row).length - shared.tokens();
            System.arraycopy(prompts.get(row), shared.tokens(), ids, row * length, own);
            Arrays.setAll(parents[row], i -> i < own ? i - 1 : -1);
            for (int node = 1; node < tree.size(); node++) {
                ids[row * length + own - 1 + node] = tree.token(node);
                parents[row][own - 1 + node] = own - 1 + tree.parent(node);
            }
            for (int i = 0; i < inner.length; i++) {
                wanted[row * inner.length + i] = row * length + own - 1 + inner[i];
            }
        }
        try (var _ = TensorScope.open()) {
            var pass = new TreePass(parents, shared.prefix(), decoder.type());
            var hidden =
                    decoder.hidden(Tensors.indices(ids), pass, adapter)
                            .selected(0, Tensors.indices(wanted));
            return sums(hidden, tree, inner, prompts.size());
        }
    }

    /// @param hidden [rows × inner nodes, width]
    private double[][] sums(Tensor hidden, ChoiceTree tree, int[] inner, int rows) {
        var place = new int[tree.size()];
        for (int i = 0; i < inner.length; i++) {
            place[inner[i]] = i;
        }
        var sums = new double[rows][tree.continuations()];
        for (int row = 0; row < rows; row++) {
            try (var _ = TensorScope.open()) {
                var logits =
                        decoder.logits(hidden.slice(0, (long) row * inner.length, inner.length));
                var logs = edges(logits.to(DType.F32).logSoftmax(-1), tree, place);
                for (int c = 0; c < sums[row].length; c++) {
                    for (int node : tree.path(c)) {
                        sums[row][c] += logs[node - 1];
                    }
                }
            }
        }
        return sums;
    }

    /// Log-probability of each node's token at its parent, from node 1 on.
    private static float[] edges(Tensor logs, ChoiceTree tree, int[] place) {
        long vocabulary = logs.size(1);
        var at = new long[tree.size() - 1];
        for (int node = 1; node < tree.size(); node++) {
            at[node - 1] = place[tree.parent(node)] * vocabulary + tree.token(node);
        }
        return logs.view(logs.count()).selected(0, Tensors.of(at, at.length)).toFloats();
    }
}
