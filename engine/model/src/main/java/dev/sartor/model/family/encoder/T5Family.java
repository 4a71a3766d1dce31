package dev.sartor.model.family.encoder;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.family.kind.EncoderDecoderFamily;
import dev.sartor.model.family.kind.GgufEncoding;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.network.EncoderDecoder;
import dev.sartor.model.network.NetworkNames;
import dev.sartor.tensor.DType;
import dev.sartor.weights.Weights;
import java.util.Optional;

/// T5, T5 1.1 and Flan-T5 (Raffel et al. 2019; transformers' modeling_t5.py).
public final class T5Family implements EncoderDecoderFamily {
    @Override
    public String name() {
        return "t5";
    }

    @Override
    public String transformersClass() {
        return "T5ForConditionalGeneration";
    }

    @Override
    public NetworkNames names() {
        return NetworkNames.of("shared", "lm_head").targeting("q", "v");
    }

    @Override
    public ModelShape shape(ModelConfig config) {
        return new T5Shape(config).shape();
    }

    @Override
    public Optional<GgufEncoding> gguf() {
        return Optional.of(new T5Gguf());
    }

    @Override
    public String inseparable() {
        return "an adapter that changes T5's shared table or lm_head cannot be merged: both are one matrix there, whose"
                + " states are scaled for it";
    }

    @Override
    public EncoderDecoder build(ModelConfig config, Weights stored, DType type) {
        return T5Parts.build(config, names(), stored, type);
    }
}
