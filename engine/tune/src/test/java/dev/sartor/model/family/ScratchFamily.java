package dev.sartor.model.family;

import dev.sartor.model.AttentionRule;
import dev.sartor.model.ModelConfig;
import dev.sartor.model.WeightLoader;
import dev.sartor.model.family.kind.DecoderFamily;
import dev.sartor.model.family.kind.GgufTraits;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.network.Decoder;
import java.util.Optional;

/// An architecture that nobody else knows, in one file.
final class ScratchFamily implements DecoderFamily {
    @Override
    public String name() {
        return "scratch";
    }

    @Override
    public String transformersClass() {
        return "ScratchForCausalLM";
    }

    @Override
    public ModelShape shape(ModelConfig config) {
        return GatedShape.of(config);
    }

    @Override
    public Optional<GgufTraits> gguf() {
        return Optional.of(GgufTraits.of("scratch"));
    }

    @Override
    public ModelConfig completed(ModelConfig given) {
        return given.withDefaults("{\"hidden_act\": \"silu\"}");
    }

    @Override
    public Decoder build(ModelConfig given, WeightLoader weights) {
        var config = completed(given);
        var parts = DecoderParts.of(config, weights);
        var rope = Optional.of(parts.rope());
        var rule = AttentionRule.full(parts.shape().width());
        return parts.decoder(
                names(),
                parts.blocks(layer ->
                        parts.block(
                                layer,
                                parts.attention(
                                        DecoderParts.layer(layer) + "self_attn.",
                                        false,
                                        Optional.empty(),
                                        rope,
                                        rule),
                                parts.gated(layer, false))));
    }
}
