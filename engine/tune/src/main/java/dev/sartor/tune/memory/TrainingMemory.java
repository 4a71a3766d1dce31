package dev.sartor.tune.memory;

import dev.sartor.model.file.ModelShapes;
import dev.sartor.model.memory.ModelShape;
import dev.sartor.model.memory.StepMemory;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.Encoder;
import dev.sartor.model.network.LoraLayout;
import dev.sartor.model.network.Network;
import dev.sartor.model.network.NetworkNames;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.objective.DpoObjective;
import dev.sartor.tune.objective.MaskedLmObjective;
import dev.sartor.tune.objective.Objective;
import dev.sartor.tune.objective.TrainedAdapter;
import dev.sartor.tune.objective.TrainedNetwork;
import java.util.List;
import java.util.regex.Pattern;

/// The sizes that a training's memory depends on, taken from the network and the settings. For the engine's thread.
public final class TrainingMemory {
    /// A block's number in a parameter's name.
    private static final Pattern BLOCK = Pattern.compile("\\.(\\d+)\\.");

    private TrainingMemory() {}

    /// @param ranks processes that take the steps together
    public static <R> StepMemory of(
            Network network, TuneSettings settings, Objective<R> objective, int ranks) {
        var shape = ModelShapes.of(network.config());
        int classes =
                objective instanceof MaskedLmObjective && network instanceof Encoder
                        ? network.config().integer("vocab_size")
                        : shape.vocabulary();
        return new StepMemory(
                shape,
                StepMemory.held(network),
                trained(network, shape, settings.method()),
                settings.stateBytes(),
                new StepMemory.Head(classes, objective instanceof DpoObjective ? 2 : 0),
                ranks);
    }

    private static StepMemory.Trained trained(
            Network network, ModelShape shape, TuneMethod method) {
        return switch (method) {
            case TuneMethod.Lora lora -> {
                var layout = LoraLayout.of(network, TrainedAdapter.settings(lora));
                boolean plain = !lora.magnitudes() && lora.where().whole().isEmpty();
                yield new StepMemory.Trained.Adapter(
                        layout.parameters(),
                        blocks(layout.modules(), network.names(), shape),
                        lora.rank(),
                        plain && network instanceof Decoder,
                        lora.magnitudes());
            }
            case TuneMethod.Full full -> {
                var names = TrainedNetwork.names(network, full);
                long count =
                        names.stream().mapToLong(name -> TrainedNetwork.count(network, name)).sum();
                yield new StepMemory.Trained.Whole(
                        count,
                        blocks(names, network.names(), shape),
                        names.stream().anyMatch(network.names()::isOfWords));
            }
        };
    }

    /// Gradients flow from the last block down to the lowest that holds something trained, and all the way where something
    /// outside of blocks is.
    static int blocks(List<String> names, NetworkNames modules, ModelShape shape) {
        if (shape.kinds() > 1) {
            return shape.blockCount();
        }
        int lowest = shape.blockCount();
        for (var name : names) {
            var found = BLOCK.matcher(name);
            if (found.find()) {
                lowest = Math.min(lowest, Integer.parseInt(found.group(1)));
            } else if (modules.isOfTable(name)) {
                lowest = 0;
            }
        }
        return shape.blockCount() - lowest;
    }
}
