package dev.sartor.generate;

import dev.sartor.model.Adapters;
import dev.sartor.model.BranchPass;
import dev.sartor.model.Decoder;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.Optional;

/// Log-likelihoods of given continuations of computed prompts, all continuations in one pass.
final class ChoiceScorer {
    private final Decoder decoder;
    private final Adapters adapters;
    private final ChoiceTree tree;

    ChoiceScorer(Decoder decoder, Adapters adapters, ChoiceTree tree) {
        this.decoder = decoder;
        this.adapters = adapters;
        this.tree = tree;
    }

    /// For each row the continuations' log-likelihoods in nats, summed over their tokens.
    double[][] score(Prefill prefill) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                int rows = prefill.lengths().length;
                var sums = new double[rows][tree.continuations()];
                var hidden = inner(prefill, rows);
                for (int row = 0; row < rows; row++) {
                    add(sums[row], edges(prefill.logits().slice(0, row, 1), hidden, row));
                }
                return sums;
            }
        });
    }

    /// States of the inner nodes but the root, row after row; empty where every continuation is one token.
    private Optional<Tensor> inner(Prefill prefill, int rows) {
        var inner = tree.inner();
        if (inner.length < 2) {
            return Optional.empty();
        }
        // Leaves need no state of their own, and stand behind no inner node that is needed after
        // them.
        int nodes = inner[inner.length - 1];
        var parents = new int[nodes];
        var ids = new int[rows * nodes];
        for (int i = 0; i < nodes; i++) {
            parents[i] = tree.parent(i + 1) - 1;
        }
        Arrays.setAll(ids, i -> tree.token(i % nodes + 1));
        var pass =
                new BranchPass(
                        prefill.cache(),
                        prefill.lengths(),
                        prefill.shared().prefix(),
                        parents,
                        decoder);
        var wanted = new int[rows * (inner.length - 1)];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = i / (inner.length - 1) * nodes + inner[i % (inner.length - 1) + 1] - 1;
        }
        return Optional.of(
                decoder.hidden(Tensors.indices(ids), pass, adapters)
                        .selected(0, Tensors.indices(wanted)));
    }

    /// Log-probability of each node's token at its parent, from node 1 on.
    private float[] edges(Tensor root, Optional<Tensor> hidden, int row) {
        try (var _ = TensorScope.open()) {
            var inner = tree.inner();
            int below = inner.length - 1;
            var logits =
                    hidden.isEmpty()
                            ? root
                            : Tensors.concat(
                                    0,
                                    root,
                                    decoder.logits(
                                            hidden.get().slice(0, (long) row * below, below),
                                            adapters));
            var logs = logits.to(DType.F32).logSoftmax(-1);
            long vocabulary = logs.size(1);
            var at = new long[tree.size() - 1];
            for (int node = 1; node < tree.size(); node++) {
                int place = Arrays.binarySearch(inner, tree.parent(node));
                at[node - 1] = place * vocabulary + tree.token(node);
            }
            return logs.view(logs.count()).selected(0, Tensors.of(at, at.length)).toFloats();
        }
    }

    private void add(double[] sums, float[] edges) {
        for (int c = 0; c < sums.length; c++) {
            for (int node : tree.path(c)) {
                sums[c] += edges[node - 1];
            }
        }
    }
}
