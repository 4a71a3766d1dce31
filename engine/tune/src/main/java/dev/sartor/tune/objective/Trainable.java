package dev.sartor.tune.objective;

import dev.sartor.model.Adapters;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.tensor.Tensor;
import dev.sartor.tune.optimiser.Parameters;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a training changes: an adapter, or a network's own weights. Closing frees what training needed, and not what was
/// trained. For the engine's thread.
public sealed interface Trainable extends AutoCloseable
        permits TrainedAdapter, TrainedNetwork, Untrained {
    /// What is snapped onto the network while it is trained.
    Adapters adapters();

    /// The adapter as the network computes with it now, if it is one; it changes with each step.
    Optional<LoraAdapter> adapter();

    /// What the optimiser sees.
    List<Parameters> parameters();

    /// The masters, as a checkpoint keeps them, in an order that settings and network alone decide.
    default List<Tensor> masters() {
        return parameters().stream().map(Parameters::master).toList();
    }

    default long count() {
        return parameters().stream().mapToLong(Parameters::count).sum();
    }

    /// Takes the masters over into what the network computes with, after they were set from outside.
    void refresh();

    /// Writes the masters, whole or not at all.
    ///
    /// @param baseModel the name of the model that was tuned
    void write(Path folder, String baseModel);

    @Override
    void close();
}
