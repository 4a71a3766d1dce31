package dev.sartor.model.layer;

import dev.sartor.model.AttentionRule;
import dev.sartor.model.Forward;
import dev.sartor.model.HeadShape;
import dev.sartor.model.Linear;
import dev.sartor.model.Rope;
import dev.sartor.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/// Attention in several heads, which may share keys and values (Vaswani et al. 2017; Ainslie et al. 2023). Query, key and
/// value are one matrix.
///
/// @param norm of queries and keys, where the model has one
/// @param rope empty where positions are learned, or where the layer does without (Kazemnejad et al. 2023)
public record Attention(
        Linear queryKeyValue,
        Linear output,
        HeadShape shape,
        Optional<QueryKeyNorm> norm,
        Optional<Rope> rope,
        AttentionRule rule) {
    /// @param x [tokens, width]; the result has the same shape
    Tensor forward(Tensor x, int layer, Forward run) {
        var projected = queryKeyValue.forward(x, run.adapters());
        return output.forward(normedTurnedAttended(projected, layer, run), run.adapters());
    }

    /// @param projected queries, keys and values as their matrix gives them: [tokens, …]
    /// @return [tokens, heads × head width]
    public Tensor normedTurnedAttended(Tensor projected, int layer, Forward run) {
        int both = shape.heads() + shape.groups();
        var split = shape.split(projected);
        var queryKey = split.slice(1, 0, both);
        if (norm.isPresent()) {
            queryKey = norm.get().forward(queryKey, shape);
        }
        if (rope.isPresent()) {
            queryKey = Rope.rotate(queryKey, run.rotation(rope.get()));
        }
        return attend(queryKey, split.slice(1, both, shape.groups()), layer, run);
    }

    /// The same from queries and keys that were turned where they stand.
    public Tensor attend(Tensor projected, int layer, Forward run) {
        int both = shape.heads() + shape.groups();
        var split = shape.split(projected);
        return attend(split.slice(1, 0, both), split.slice(1, both, shape.groups()), layer, run);
    }

    private Tensor attend(Tensor queryKey, Tensor value, int layer, Forward run) {
        return run.pass()
                .attend(
                        layer,
                        rule,
                        queryKey.slice(1, 0, shape.heads()),
                        queryKey.slice(1, shape.heads(), shape.groups()),
                        value);
    }

    List<Linear> linears() {
        return List.of(queryKeyValue, output);
    }

    /// Those it has besides linear layers.
    long otherParameters() {
        return norm.map(both -> both.query().parameters() + both.key().parameters()).orElse(0L);
    }
}
