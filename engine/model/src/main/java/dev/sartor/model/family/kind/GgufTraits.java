package dev.sartor.model.family.kind;

import dev.sartor.model.ModelConfig;
import dev.sartor.model.layer.LayerWindows;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// How a family of decoders stands in GGUF files (ggml's docs/gguf.md, and llama.cpp's convert_hf_to_gguf.py).
///
/// @param architecture GGUF's word for it; several families may share one
/// @param widestLayers how many layers the one model has whose scores are scaled by width through heads instead of the
///     heads' width; empty in a family whose scores and logits are not capped
/// @param mixes whether layers may be mixtures of experts
public record GgufTraits(
        String architecture,
        GgufNaming naming,
        Turning turning,
        Settings settings,
        Windows windows,
        OptionalInt widestLayers,
        boolean mixes) {
    /// How positions turn heads.
    public enum Turning {
        WHOLE,
        /// Whole heads, whose width is said, and whose rows stand in pairs instead of halves (`permute`).
        PAIRED,
        IN_PART,
        /// Whole heads, otherwise in layers with a window than in those without.
        BY_KIND,
        NONE
    }

    /// Settings that GGUF has other keys for, or none.
    ///
    /// @param norm the key of config.json for what norms add; of root-mean-square norms or not
    /// @param flags written as they are
    /// @param inner the feed-forward network's width
    /// @param activation the key of config.json for it
    /// @param activations the only ones that llama.cpp computes
    public record Settings(
            Norm norm,
            List<String> flags,
            ToIntFunction<ModelConfig> inner,
            String activation,
            Set<String> activations) {
        /// Most families'.
        public static final Settings USUAL = gated("hidden_act", "silu");

        /// @param epsilon the key of config.json
        /// @param rootMeanSquare whether means are left as they are
        public record Norm(String epsilon, boolean rootMeanSquare) {}

        public Settings {
            flags = List.copyOf(flags);
            activations = Set.copyOf(activations);
        }

        public static Settings gated(String key, String activation) {
            return new Settings(
                    new Norm("rms_norm_eps", true),
                    List.of(),
                    config -> config.integer("intermediate_size"),
                    key,
                    Set.of(activation));
        }
    }

    /// Which layers see a window only.
    ///
    /// @param used whether any may
    /// @param kinds which, where GGUF says so of each layer
    public record Windows(boolean used, Optional<Function<ModelConfig, LayerWindows>> kinds) {
        public static final Windows NONE = new Windows(false, Optional.empty());
        public static final Windows EVERYWHERE = new Windows(true, Optional.empty());
    }

    /// As Llama stands there, but for its heads' rows.
    public static GgufTraits of(String architecture) {
        return new GgufTraits(
                architecture,
                GgufNaming.USUAL,
                Turning.WHOLE,
                Settings.USUAL,
                Windows.NONE,
                OptionalInt.empty(),
                false);
    }

    public GgufTraits named(GgufNaming changed) {
        return new GgufTraits(
                architecture, changed, turning, settings, windows, widestLayers, mixes);
    }

    public GgufTraits turned(Turning changed) {
        return new GgufTraits(
                architecture, naming, changed, settings, windows, widestLayers, mixes);
    }

    public GgufTraits set(Settings changed) {
        return new GgufTraits(architecture, naming, turning, changed, windows, widestLayers, mixes);
    }

    public GgufTraits windowed(Windows changed) {
        return new GgufTraits(
                architecture, naming, turning, settings, changed, widestLayers, mixes);
    }

    /// @param widest layers of the model that {@link #widestLayers} means
    public GgufTraits capped(int widest) {
        return new GgufTraits(
                architecture, naming, turning, settings, windows, OptionalInt.of(widest), mixes);
    }

    public GgufTraits mixed() {
        return new GgufTraits(architecture, naming, turning, settings, windows, widestLayers, true);
    }
}
