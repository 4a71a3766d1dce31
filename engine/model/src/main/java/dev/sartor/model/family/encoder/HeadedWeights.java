package dev.sartor.model.family.encoder;

import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.weights.Weights;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// An encoder's stored weights under the names that they have beneath a head, with a head that is drawn: matrices normal,
/// norms one, biases zero.
public final class HeadedWeights implements Weights {
    private final Weights stored;
    private final String network;
    private final List<String> others;
    private final Map<String, List<Long>> head;
    private final Draw draw;

    /// How matrices are drawn.
    ///
    /// @param deviation their standard deviation
    public record Draw(RandomGenerator random, double deviation) {}

    /// @param network what the encoder's names are to begin with
    /// @param others what the names of heads begin with that are left out
    /// @param head the shapes of what is drawn
    public HeadedWeights(
            Weights stored,
            String network,
            List<String> others,
            Map<String, List<Long>> head,
            Draw draw) {
        this.stored = stored;
        this.network = network;
        this.others = List.copyOf(others);
        this.head = Map.copyOf(head);
        this.draw = draw;
    }

    @Override
    public boolean has(String name) {
        return head.containsKey(name)
                || (others.stream().noneMatch(name::startsWith) && stored.has(source(name)));
    }

    private String source(String name) {
        return stored.has(name) || !name.startsWith(network)
                ? name
                : name.substring(network.length());
    }

    @Override
    public List<Long> shape(String name) {
        var drawn = head.get(name);
        return drawn == null ? stored.shape(source(name)) : drawn;
    }

    @Override
    public void readInto(String name, Tensor target) {
        if (!head.containsKey(name)) {
            stored.readInto(source(name), target);
            return;
        }
        try (var _ = TensorScope.open()) {
            var values = new float[Math.toIntExact(target.count())];
            boolean isMatrix = target.rank() > 1;
            boolean isNorm = !isMatrix && name.endsWith(".weight");
            for (int i = 0; i < values.length; i++) {
                values[i] =
                        isMatrix
                                ? (float) (draw.deviation() * draw.random().nextGaussian())
                                : isNorm ? 1 : 0;
            }
            target.copyFrom(Tensors.of(values, target.shape()));
        }
    }

    @Override
    public void close() {
        stored.close();
    }
}
