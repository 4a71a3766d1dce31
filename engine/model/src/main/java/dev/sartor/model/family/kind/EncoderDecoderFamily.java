package dev.sartor.model.family.kind;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.network.EncoderDecoder;
import dev.sartor.tensor.DType;
import dev.sartor.weights.Weights;
import java.util.Optional;

/// Networks of one `model_type` of transformers that read a text and say another.
public non-sealed interface EncoderDecoderFamily extends Family {
    /// @param config under the keys of config.json
    /// @param stored under the names of transformers
    EncoderDecoder build(ModelConfig config, Weights stored, DType type);

    /// Why head and table cannot become two matrices where they are one.
    String inseparable();

    /// How models stand in GGUF files; empty where that is not known here.
    default Optional<GgufEncoding> gguf() {
        return Optional.empty();
    }

    @Override
    default Optional<String> ggufArchitecture() {
        return gguf().map(GgufEncoding::architecture);
    }

    @Override
    default boolean tied(ModelConfig config, boolean hasHead) {
        return config.flag("tie_word_embeddings", true);
    }
}
