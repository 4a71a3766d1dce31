package dev.sartor.tune.objective;

import dev.sartor.core.SartorException;
import dev.sartor.model.Adapters;
import dev.sartor.model.OwnTensors;
import dev.sartor.model.file.StoredNetwork;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.model.network.Network;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Gradients;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.optimiser.Parameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A network's own weights under training, all of them or some.
public final class TrainedNetwork implements Trainable {
    private final Network network;
    private final TensorScope owner = TensorScope.owner();
    private final List<Parameters> parameters = new ArrayList<>();
    private final List<Tensor> leaves = new ArrayList<>();

    /// @throws SartorException a user's error when no parameter's name begins so, or the weights are held quantised
    public TrainedNetwork(Network network, TuneMethod.Full method) {
        this.network = network;
        for (var leaf : network.own().leaves()) {
            var trained =
                    network.own().rows().entrySet().stream()
                            .filter(entry -> entry.getValue().leaf() == leaf)
                            .filter(entry -> isTrained(entry.getKey(), method))
                            .map(Map.Entry::getValue)
                            .toList();
            if (!trained.isEmpty()) {
                add(leaf, trained);
            }
        }
        if (parameters.isEmpty()) {
            throw SartorException.user(
                    "tune.parts must name parameters that the model holds as plain numbers, got "
                            + method.parts()
                            + ": their names begin like "
                            + network.own().rows().keySet().stream().limit(3).toList()
                            + "; weights in int8 or int4 cannot be tuned themselves");
        }
    }

    /// Names of the parameters that would be trained.
    public static List<String> names(Network network, TuneMethod.Full method) {
        return network.own().rows().keySet().stream()
                .filter(name -> isTrained(name, method))
                .toList();
    }

    /// How many values a parameter has.
    public static long count(Network network, String name) {
        var rows = Objects.requireNonNull(network.own().rows().get(name));
        return rows.leaf().count() / rows.leaf().size(0) * rows.count();
    }

    private static boolean isTrained(String name, TuneMethod.Full method) {
        return method.parts().isEmpty() || method.parts().stream().anyMatch(name::startsWith);
    }

    private void add(Tensor leaf, List<OwnTensors.Rows> trained) {
        leaves.add(leaf);
        var gradient = owner.adopt(Tensors.zeros(leaf.type(), leaf.shape()));
        Gradients.requireGrad(leaf, gradient);
        long rows = trained.stream().mapToLong(OwnTensors.Rows::count).sum();
        if (rows == leaf.size(0)) {
            add(leaf, gradient);
        } else {
            for (var part : trained) {
                add(
                        leaf.slice(0, part.from(), part.count()),
                        gradient.slice(0, part.from(), part.count()));
            }
        }
    }

    private void add(Tensor values, Tensor gradient) {
        var working = owner.adopt(values.detached().view(values.count()));
        var master = values.type() == DType.F32 ? working : owner.adopt(working.to(DType.F32));
        parameters.add(
                new Parameters(
                        master,
                        working,
                        owner.adopt(gradient.view(values.count())),
                        values.rank() > 1));
    }

    @Override
    public Adapters adapters() {
        return Adapters.none();
    }

    @Override
    public Optional<LoraAdapter> adapter() {
        return Optional.empty();
    }

    @Override
    public List<Parameters> parameters() {
        return List.copyOf(parameters);
    }

    @Override
    public void refresh() {
        for (var each : parameters) {
            if (!each.isOne()) {
                each.working().copyFrom(each.master());
            }
        }
    }

    /// The whole network, in the type that it computes in.
    @Override
    public void write(Path folder, String baseModel) {
        StoredNetwork.write(folder, network);
    }

    /// The gradient of each parameter that has one, by its name, as backward passes left it.
    Map<String, Tensor> gradients() {
        var gradients = new LinkedHashMap<String, Tensor>();
        network.own()
                .rows()
                .forEach((name, rows) -> {
                    if (Gradients.requiresGrad(rows.leaf())) {
                        gradients.put(
                                name,
                                Gradients.of(rows.leaf()).slice(0, rows.from(), rows.count()));
                    }
                });
        return gradients;
    }

    @Override
    public void close() {
        Engine.run(() -> {
            leaves.forEach(Gradients::forgetGrad);
            owner.close();
        });
    }
}
