package dev.sartor.model.layer;

import dev.sartor.model.Adapters;
import dev.sartor.model.Linear;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Several feed-forward networks, of which a router picks a few for each token; their results are added, weighted by how
/// likely the router found them (Shazeer et al. 2017; transformers' modeling_qwen3_moe.py).
///
/// @param router [experts, width]
/// @param chosen experts for each token
/// @param normalised whether the weights of the chosen are brought to the sum 1
public record MixtureOfExperts(
        Tensor router, List<DenseFeedForward> experts, int chosen, boolean normalised)
        implements FeedForward {
    public MixtureOfExperts {
        experts = List.copyOf(experts);
        if (chosen < 1 || chosen > experts.size()) {
            throw new IllegalArgumentException(chosen + " of " + experts.size() + " experts");
        }
    }

    @Override
    public Tensor forward(Tensor x, Adapters adapters) {
        var odds = Tensors.linear(x, router, Optional.empty()).to(DType.F32).softmax(-1);
        var picked = picked(odds);
        var shares = shares(odds, picked).to(x.type());
        var sum = Tensors.zeros(x.type(), x.shape());
        for (int expert = 0; expert < experts.size(); expert++) {
            var tokens = tokens(picked, expert);
            if (tokens.length > 0) {
                try (var _ = TensorScope.open()) {
                    var places = Tensors.indices(tokens);
                    var share = shares.selected(0, places).slice(1, expert, 1);
                    var result =
                            experts.get(expert).forward(x.selected(0, places), adapters.at(tokens));
                    var rows = places.withDimension(1).expanded(tokens.length, x.size(1));
                    sum.scatterAdd(0, rows, result.times(share));
                }
            }
        }
        return sum;
    }

    /// For each token the likeliest experts.
    private int[][] picked(Tensor odds) {
        int count = experts.size();
        var values = odds.toFloats();
        return IntStream.range(0, values.length / count)
                .mapToObj(token ->
                        IntStream.range(0, count)
                                .boxed()
                                .sorted(
                                        Comparator.comparingDouble(
                                                expert -> -values[token * count + expert]))
                                .limit(chosen)
                                .mapToInt(Integer::intValue)
                                .toArray())
                .toArray(int[][]::new);
    }

    private Tensor shares(Tensor odds, int[][] picked) {
        if (!normalised) {
            return odds;
        }
        var flat = Arrays.stream(picked).flatMapToInt(Arrays::stream).toArray();
        var sums = odds.gathered(1, Tensors.indices(flat).view(picked.length, chosen)).sum(1);
        return Tensors.zeros(odds.type(), odds.shape()).addQuotient(odds, sums.withDimension(1), 1);
    }

    private static int[] tokens(int[][] picked, int expert) {
        return IntStream.range(0, picked.length)
                .filter(token -> IntStream.of(picked[token]).anyMatch(e -> e == expert))
                .toArray();
    }

    @Override
    public List<Linear> linears() {
        return experts.stream().flatMap(expert -> expert.linears().stream()).toList();
    }

    @Override
    public long otherParameters() {
        return router.count();
    }
}
