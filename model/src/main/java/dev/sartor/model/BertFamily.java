package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// BERT and what is built like it, MiniLM among them (Devlin et al. 2018; transformers' modeling_bert.py).
final class BertFamily {
    private final ModelConfig config;
    private final WeightLoader weights;
    private final String prefix;
    private final int width;
    private final double epsilon;
    private final Activation activation;

    private BertFamily(ModelConfig config, WeightLoader weights) {
        this.config = config;
        this.weights = weights;
        // A model with a head keeps its encoder under "bert."; a bare encoder does not.
        prefix = weights.has("bert.embeddings.word_embeddings.weight") ? "bert." : "";
        width = config.integer("hidden_size");
        epsilon = config.number("layer_norm_eps", 1e-12);
        activation = Activation.of(config, "hidden_act", Activation.GELU);
    }

    static Encoder build(ModelConfig config, Weights stored, DType type) {
        var owner = TensorScope.owner();
        var family = new BertFamily(config, new WeightLoader(stored, type, owner));
        return family.encoder(stored, type, owner);
    }

    private Encoder encoder(Weights stored, DType type, TensorScope owner) {
        var path = prefix + "embeddings.";
        var vocabulary = config.integer("vocab_size");
        var segments = Tensors.empty(type, config.integer("type_vocab_size", 2), width);
        stored.readInto(path + "token_type_embeddings.weight", segments);
        var embeddings =
                new Encoder.Embeddings(
                        new Embedding(
                                path + "word_embeddings",
                                weights.tensor(path + "word_embeddings.weight", vocabulary, width)),
                        weights.tensor(
                                path + "position_embeddings.weight",
                                config.integer("max_position_embeddings"),
                                width),
                        owner.adopt(segments.at(0, 0).copy()),
                        LayerNorm.of(weights, path + "LayerNorm", width, epsilon));
        var blocks =
                IntStream.range(0, config.integer("num_hidden_layers"))
                        .mapToObj(this::block)
                        .toList();
        return new Encoder(config, embeddings, blocks, head(embeddings.words()), owner);
    }

    private EncoderBlock block(int layer) {
        var path = prefix + "encoder.layer." + layer + ".";
        var inner = config.integer("intermediate_size");
        var queryKeyValue =
                weights.linear(
                        width,
                        List.of(
                                new Linear.Part(path + "attention.self.query", width),
                                new Linear.Part(path + "attention.self.key", width),
                                new Linear.Part(path + "attention.self.value", width)));
        return new EncoderBlock(
                queryKeyValue,
                weights.linear(path + "attention.output.dense", width, width),
                LayerNorm.of(weights, path + "attention.output.LayerNorm", width, epsilon),
                weights.linear(path + "intermediate.dense", width, inner),
                activation,
                weights.linear(path + "output.dense", inner, width),
                LayerNorm.of(weights, path + "output.LayerNorm", width, epsilon),
                config.integer("num_attention_heads"));
    }

    private Optional<Encoder.MaskedLanguageHead> head(Embedding words) {
        if (!weights.has("cls.predictions.bias")) {
            return Optional.empty();
        }
        return Optional.of(
                new Encoder.MaskedLanguageHead(
                        weights.linear("cls.predictions.transform.dense", width, width),
                        activation,
                        LayerNorm.of(
                                weights, "cls.predictions.transform.LayerNorm", width, epsilon),
                        Linear.of(
                                "cls.predictions.decoder",
                                words.table(),
                                Optional.of(
                                        weights.tensor(
                                                "cls.predictions.bias", words.table().size(0))))));
    }
}
