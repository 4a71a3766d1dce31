package dev.sartor.model;

import dev.sartor.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/// Attention in several heads, which may share keys and values (Vaswani et al. 2017; Ainslie et al. 2023). Query, key and
/// value are one matrix.
///
/// @param norm of queries and keys, where the model has one
/// @param rope empty where positions are learned, or where the layer does without (Kazemnejad et al. 2023)
record Attention(
        Linear queryKeyValue,
        Linear output,
        HeadShape shape,
        Optional<QueryKeyNorm> norm,
        Optional<Rope> rope,
        AttentionRule rule) {
    /// @param x [tokens, width]; the result has the same shape
    Tensor forward(Tensor x, int layer, Forward run) {
        int heads = shape.heads();
        int groups = shape.groups();
        var split = shape.split(queryKeyValue.forward(x, run.adapters()));
        var queryKey = split.slice(1, 0, heads + groups);
        if (norm.isPresent()) {
            queryKey = norm.get().forward(queryKey, shape);
        }
        if (rope.isPresent()) {
            queryKey = Rope.turn(queryKey, run.turn(rope.get()));
        }
        var attended =
                run.pass()
                        .attend(
                                layer,
                                rule,
                                queryKey.slice(1, 0, heads),
                                queryKey.slice(1, heads, groups),
                                split.slice(1, heads + groups, groups));
        return output.forward(attended, run.adapters());
    }

    List<Linear> linears() {
        return List.of(queryKeyValue, output);
    }

    /// Those it has besides linear layers.
    long otherParameters() {
        return norm.map(both -> both.query().parameters() + both.key().parameters()).orElse(0L);
    }
}
