package dev.sartor.model.layer;

import dev.sartor.model.Adapters;
import dev.sartor.model.AttentionRule;
import dev.sartor.model.Linear;
import dev.sartor.model.Pass;
import dev.sartor.model.Rope;
import dev.sartor.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/// Attention in which every head has keys and values of its own (Vaswani et al. 2017). Query, key and value are one
/// matrix.
///
/// @param rope empty where the model knows positions otherwise
public record SelfAttention(
        Linear queryKeyValue, Linear output, int heads, AttentionRule rule, Optional<Rope> rope) {
    /// @param x [tokens, width]; the result has the same shape
    public Tensor forward(Tensor x, int layer, Pass pass, Adapters adapters) {
        var projected =
                queryKeyValue.forward(x, adapters).view(x.size(0), 3L * heads, output.in() / heads);
        var queryAndKey = projected.slice(1, 0, 2L * heads);
        if (rope.isPresent()) {
            queryAndKey = Rope.rotate(queryAndKey, rope.get().at(pass));
        }
        var attended =
                pass.attend(
                        layer,
                        rule,
                        queryAndKey.slice(1, 0, heads),
                        queryAndKey.slice(1, heads, heads),
                        projected.slice(1, 2L * heads, heads));
        return output.forward(attended, adapters);
    }

    public List<Linear> linears() {
        return List.of(queryKeyValue, output);
    }
}
