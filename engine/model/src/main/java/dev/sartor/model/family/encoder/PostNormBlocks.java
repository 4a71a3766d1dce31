package dev.sartor.model.family.encoder;

import dev.sartor.model.AttentionRule;
import dev.sartor.model.Linear;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.layer.Activation;
import dev.sartor.model.layer.DenseFeedForward;
import dev.sartor.model.layer.EncoderBlock;
import dev.sartor.model.layer.LayerNorm;
import dev.sartor.model.layer.Norm;
import dev.sartor.model.layer.PostNormBlock;
import dev.sartor.model.layer.SelfAttention;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Loads the layers of BERT and its kin, which differ in the names of their parts only.
final class PostNormBlocks {
    /// @param inner width of the feed-forward network's inner layer
    record Shape(int width, int inner, int heads, double epsilon, Activation activation) {}

    private final WeightLoader weights;
    private final Shape shape;
    private final Map<String, String> names;

    /// @param names the family's names for those of BERT's parts that it calls otherwise
    PostNormBlocks(WeightLoader weights, Shape shape, Map<String, String> names) {
        this.weights = weights;
        this.shape = shape;
        this.names = names;
    }

    /// @param path of all layers, such as `encoder.layer.`
    List<EncoderBlock> of(String path, int layers) {
        return IntStream.range(0, layers)
                .<EncoderBlock>mapToObj(layer -> block(path + layer + "."))
                .toList();
    }

    private PostNormBlock block(String path) {
        int width = shape.width();
        var queryKeyValue =
                weights.linear(
                        width,
                        List.of(
                                new Linear.Part(path + name("attention.self.query"), width),
                                new Linear.Part(path + name("attention.self.key"), width),
                                new Linear.Part(path + name("attention.self.value"), width)));
        var output = weights.linear(path + name("attention.output.dense"), width, width);
        var up = weights.linear(path + name("intermediate.dense"), width, shape.inner());
        var down = weights.linear(path + name("output.dense"), shape.inner(), width);
        return new PostNormBlock(
                new SelfAttention(
                        queryKeyValue,
                        output,
                        shape.heads(),
                        AttentionRule.full(width / shape.heads()),
                        Optional.empty()),
                norm(path + name("attention.output.LayerNorm")),
                new DenseFeedForward(up, shape.activation(), false, down),
                norm(path + name("output.LayerNorm")));
    }

    private Norm norm(String module) {
        return LayerNorm.of(weights, module, shape.width(), shape.epsilon());
    }

    private String name(String part) {
        return names.getOrDefault(part, part);
    }
}
