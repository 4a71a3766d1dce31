package dev.sartor.model.family.kind;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.network.Encoder;
import dev.sartor.tensor.DType;
import dev.sartor.weights.Weights;
import java.util.Optional;

/// Encoders of one `model_type` of transformers.
public non-sealed interface EncoderFamily extends Family {
    /// @param config under the keys of config.json
    /// @param stored under the names of transformers
    Encoder build(ModelConfig config, Weights stored, DType type);

    /// What the names of transformers' classes begin with, such as `Bert`.
    String classes();

    /// Where a head for classes stands.
    ClassHeadPlace classHead();

    @Override
    default String transformersClass() {
        return classes() + "Model";
    }

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
        return false;
    }
}
