package dev.sartor.model.family;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.weights.Weights;
import java.util.List;
import java.util.regex.Pattern;

/// GPT-2's weights as its files hold them: matrices as [in, out] (transformers' Conv1D), and without `transformer.` before
/// the names where only the model under the head was saved.
final class Conv1dWeights implements Weights {
    static final String PREFIX = "transformer.";
    private static final Pattern MATRIX = Pattern.compile(".*\\.(c_attn|c_proj|c_fc)\\.weight");

    private final Weights stored;
    private final boolean prefixed;

    Conv1dWeights(Weights stored) {
        this.stored = stored;
        this.prefixed = stored.has(PREFIX + "wte.weight");
    }

    @Override
    public boolean has(String name) {
        return stored.has(stored(name));
    }

    @Override
    public List<Long> shape(String name) {
        var shape = stored.shape(stored(name));
        return isTurned(name) ? shape.reversed() : shape;
    }

    @Override
    public void readInto(String name, Tensor target) {
        if (!isTurned(name)) {
            stored.readInto(stored(name), target);
            return;
        }
        try (var _ = TensorScope.open()) {
            var turned = Tensors.empty(target.type(), target.size(1), target.size(0));
            stored.readInto(stored(name), turned);
            target.copyFrom(turned.transposed(0, 1));
        }
    }

    @Override
    public void close() {
        stored.close();
    }

    /// Whether a weight of that name is stored as [in, out].
    static boolean isTurned(String name) {
        return MATRIX.matcher(name).matches();
    }

    private String stored(String name) {
        return prefixed || !name.startsWith(PREFIX) ? name : name.substring(PREFIX.length());
    }
}
