package dev.sartor.project.setting;

/// What of a model is trained.
enum TuningMethod {
    /// Low-rank matrices beside the weights.
    LORA,
    /// The weights themselves.
    FULL
}
