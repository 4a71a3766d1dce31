package dev.sartor.serve.job;

import java.util.Map;
import java.util.Optional;

/// A training that a caller asks for.
///
/// @param suffix a part of the tuned model's name
/// @param metadata the caller's own, shown again
public record FineTuningRequest(
        String model,
        String trainingFile,
        Optional<String> validationFile,
        Optional<String> suffix,
        Method method,
        Map<String, String> metadata) {
    public FineTuningRequest {
        metadata = Map.copyOf(metadata);
    }

    /// How it is trained.
    public sealed interface Method {
        Hyperparameters hyperparameters();

        /// Of the order of the rows and the adapter's first weights.
        long seed();
    }

    /// The assistant's turns are learned.
    public record Supervised(Hyperparameters hyperparameters, long seed) implements Method {}

    /// The preferred answer becomes likelier than the other (DPO).
    ///
    /// @param beta how strongly the model is held to where it stood; empty for the usual
    public record Dpo(Hyperparameters hyperparameters, Optional<Double> beta, long seed)
            implements Method {}

    /// Empty for the usual.
    ///
    /// @param rateMultiplier times the usual learning rate
    public record Hyperparameters(
            Optional<Integer> epochs, Optional<Integer> batch, Optional<Double> rateMultiplier) {}
}
