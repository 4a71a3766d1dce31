package dev.sartor.model.family.encoder;

import dev.sartor.model.Embedding;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.Precision;
import dev.sartor.model.RelativePositions;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.layer.Activation;
import dev.sartor.model.layer.EncoderBlock;
import dev.sartor.model.layer.EncoderBody;
import dev.sartor.model.layer.EncoderEmbeddings;
import dev.sartor.model.layer.EncoderHeads;
import dev.sartor.model.layer.LayerNorm;
import dev.sartor.model.layer.Norm;
import dev.sartor.model.network.Encoder;
import dev.sartor.model.network.NetworkNames;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.TensorScope;
import dev.sartor.weights.Weights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The parts that BERT and its relatives share, under the names that BERT has for settings and weights.
///
/// @param prefix what the encoder's weights begin with: a model with a head keeps it under a name of its own, a bare
///     encoder does not
/// @param epsilon of all norms
record BertParts(ModelConfig config, WeightLoader weights, String prefix, double epsilon) {
    /// @param network the encoder's name in a model with a head, with a dot at its end
    static BertParts of(
            ModelConfig config, Weights stored, DType type, String network, double epsilon) {
        var weights = new WeightLoader(stored, Precision.of(type), TensorScope.owner());
        var prefix = weights.prefix(network, "embeddings.word_embeddings.weight");
        return new BertParts(config, weights, prefix, epsilon);
    }

    int width() {
        return config.integer("hidden_size", 768);
    }

    int heads() {
        return EncoderSettings.heads(config, "num_attention_heads", width(), 12);
    }

    Activation activation() {
        return Activation.of(config, "hidden_act", Activation.GELU);
    }

    Norm norm(String module) {
        return LayerNorm.of(weights, module, width(), epsilon);
    }

    /// @param words how many there are where the configuration does not say
    /// @param segments likewise; empty in a family without
    /// @param padding as {@link EncoderEmbeddings} has it
    EncoderEmbeddings embeddings(int words, OptionalInt segments, OptionalInt padding) {
        var path = prefix + "embeddings.";
        return new EncoderEmbeddings(
                table(path + "word_embeddings", "vocab_size", words),
                Optional.of(table(path + "position_embeddings", "max_position_embeddings", 512)),
                segments.isPresent()
                        ? Optional.of(
                                table(
                                        path + "token_type_embeddings",
                                        "type_vocab_size",
                                        segments.getAsInt()))
                        : Optional.empty(),
                Optional.of(norm(path + "LayerNorm")),
                padding);
    }

    private Embedding table(String module, String key, int otherwise) {
        return weights.table(module, config.integer(key, otherwise), width());
    }

    /// @param path of all layers in the encoder, such as `encoder.layer.`
    /// @param layers how many there are where the configuration does not say
    /// @param names the family's names for those of BERT's parts that it calls otherwise
    List<EncoderBlock> blocks(String path, int layers, Map<String, String> names) {
        var shape =
                new PostNormBlocks.Shape(
                        width(),
                        config.integer("intermediate_size", 3072),
                        heads(),
                        epsilon,
                        activation());
        return new PostNormBlocks(weights, shape, names)
                .of(prefix + path, config.integer("num_hidden_layers", layers));
    }

    Encoder encoder(
            NetworkNames names,
            EncoderEmbeddings embeddings,
            Optional<RelativePositions> bias,
            List<EncoderBlock> blocks,
            EncoderHeads heads) {
        var body = new EncoderBody(embeddings, bias, blocks, Optional.empty());
        return new Encoder(config, names, body, heads, weights.own());
    }
}
