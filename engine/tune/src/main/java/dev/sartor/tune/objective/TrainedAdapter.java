package dev.sartor.tune.objective;

import dev.sartor.model.Adapters;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.Encoder;
import dev.sartor.model.network.EncoderDecoder;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.model.network.LoraLayout;
import dev.sartor.model.network.LoraRanks;
import dev.sartor.model.network.LoraSettings;
import dev.sartor.model.network.LoraTargets;
import dev.sartor.model.network.ModuleNames;
import dev.sartor.model.network.Network;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.optimiser.Parameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// An adapter under training on a frozen network: the parameters in F32, a copy of them in the type that the network
/// computes in, and their gradients.
public final class TrainedAdapter implements Trainable {
    private final Network network;
    private final LoraAdapter adapter;
    private final LoraAdapter working;
    private final TensorScope owner = TensorScope.owner();
    private final List<Parameters> parameters = new ArrayList<>();

    /// @param adapter in F32; training changes it, and it is closed with this
    private TrainedAdapter(Network network, LoraAdapter adapter) {
        this.network = network;
        this.adapter = adapter;
        this.working = adapter.copiedTo(network.type());
        var gradient = owner.adopt(Tensors.zeros(network.type(), adapter.layout().parameters()));
        working.trainWith(gradient);
        var whole =
                new Parameters(
                        owner.adopt(adapter.flat().detached()),
                        owner.adopt(working.flat().detached()),
                        gradient,
                        true);
        for (var run : adapter.layout().runs()) {
            var part = whole.slice(run.offset(), run.count());
            parameters.add(
                    new Parameters(
                            owner.adopt(part.master()),
                            owner.adopt(part.working()),
                            owner.adopt(part.gradient()),
                            run.matrices()));
        }
    }

    public static TrainedAdapter fresh(
            Network network, TuneMethod.Lora method, RandomGenerator random) {
        return new TrainedAdapter(
                network, LoraAdapter.fresh(LoraLayout.of(network, settings(method)), random));
    }

    /// Goes on from an adapter that was stored.
    static TrainedAdapter stored(Network network, Path folder) {
        try (var stored = PeftFolder.read(folder, network)) {
            return new TrainedAdapter(network, stored.copiedTo(DType.F32));
        }
    }

    public static LoraSettings settings(TuneMethod.Lora method) {
        var where = method.where();
        ModuleNames modules =
                where.modules().isEmpty()
                        ? new ModuleNames.AllLinear()
                        : new ModuleNames.Listed(where.modules());
        var targets =
                new LoraTargets(
                        Optional.of(modules),
                        ModuleNames.none(),
                        where.layers().isEmpty() ? Optional.empty() : Optional.of(where.layers()),
                        List.of(),
                        where.whole());
        var ranks =
                new LoraRanks(
                        method.rank(), method.alpha(), method.stabilised(), Map.of(), Map.of());
        var plain = LoraSettings.plain(targets, ranks);
        return method.magnitudes() ? plain.withMagnitudes() : plain;
    }

    @Override
    public Adapters adapters() {
        return working;
    }

    @Override
    public Optional<LoraAdapter> adapter() {
        return Optional.of(working);
    }

    @Override
    public List<Parameters> parameters() {
        return List.copyOf(parameters);
    }

    /// The adapter's parameters, changed by the optimiser behind its back.
    @Override
    public void refresh() {
        working.flat().copyFrom(adapter.flat());
    }

    @Override
    public void write(Path folder, String baseModel) {
        var task =
                switch (network) {
                    case Decoder _ -> "CAUSAL_LM";
                    case EncoderDecoder _ -> "SEQ_2_SEQ_LM";
                    case Encoder encoder ->
                            encoder.tellsClasses() ? "SEQ_CLS" : "FEATURE_EXTRACTION";
                };
        PeftFolder.write(folder, adapter, new PeftFolder.Origin(baseModel, task, 0));
    }

    /// The gradient of each tensor by PEFT's key, as backward passes left it.
    Map<String, Tensor> gradients() {
        var flat = Tensors.concat(0, parameters.stream().map(Parameters::gradient).toList());
        return adapter.layout().views(flat);
    }

    @Override
    public void close() {
        working.close();
        adapter.close();
        Engine.run(owner::close);
    }
}
