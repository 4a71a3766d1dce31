package dev.sartor.model.network;

/// What an adapter is like, as PEFT's LoraConfig says it (peft/tuners/lora/config.py).
///
/// @param dora whether each output's direction and magnitude are adapted apart (Liu et al. 2024)
public record LoraSettings(LoraTargets targets, LoraRanks ranks, boolean dora, Biases biases) {
    /// Which of the network's biases the adapter replaces.
    public enum Biases {
        NONE,
        /// Those of the adapted layers.
        LORA_ONLY,
        /// Every bias.
        ALL
    }

    /// Low-rank matrices alone.
    public static LoraSettings plain(LoraTargets targets, LoraRanks ranks) {
        return new LoraSettings(targets, ranks, false, Biases.NONE);
    }

    /// The same as DoRA.
    public LoraSettings withMagnitudes() {
        return new LoraSettings(targets, ranks, true, biases);
    }
}
