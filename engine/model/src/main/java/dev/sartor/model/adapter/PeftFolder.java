package dev.sartor.model.adapter;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.model.network.LoraAdapter;
import dev.sartor.model.network.LoraLayout;
import dev.sartor.model.network.LoraSettings;
import dev.sartor.model.network.Network;
import dev.sartor.model.network.ParameterPlaces;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.weights.WeightAccess;
import dev.sartor.weights.safetensors.Safetensors;
import dev.sartor.weights.safetensors.SafetensorsWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeMap;

/// Adapters as HF PEFT stores them: adapter_config.json beside adapter_model.safetensors.
public final class PeftFolder implements AutoCloseable {
    public static final String WEIGHTS = "adapter_model.safetensors";

    private final Path folder;
    private final LoraSettings settings;
    private final Safetensors file;

    private PeftFolder(Path folder) {
        this.folder = folder;
        this.settings = PeftConfig.read(folder);
        this.file = Safetensors.open(folder.resolve(WEIGHTS), WeightAccess.COPIED);
    }

    /// Whether the folder says of itself that it holds an adapter.
    public static boolean isOne(Path folder) {
        return Files.isRegularFile(folder.resolve(PeftConfig.NAME));
    }

    /// The highest rank that the folder's settings give any layer.
    ///
    /// @throws SartorException a user's error that names every setting that is not supported
    public static int rank(Path folder) {
        return PeftConfig.read(folder).ranks().highest();
    }

    /// What is written besides the adapter itself.
    ///
    /// @param baseModel the name or path of the model that the adapter was trained on
    /// @param taskType PEFT's name of it, such as `CAUSAL_LM`
    /// @param dropout while it was trained
    public record Origin(String baseModel, String taskType, double dropout) {}

    /// Reads a folder's files; any thread.
    ///
    /// @throws SartorException a user's error that names the files that are missing, or what is not supported
    public static PeftFolder open(Path folder) {
        for (var name : new String[] {PeftConfig.NAME, WEIGHTS}) {
            if (!Files.exists(folder.resolve(name))) {
                throw SartorException.user(
                        folder
                                + " must hold "
                                + PeftConfig.NAME
                                + " and "
                                + WEIGHTS
                                + ": name a folder that `sartor tune` or PEFT's save_pretrained wrote");
            }
        }
        return new PeftFolder(folder);
    }

    /// Loads an adapter for the network, in the type that the network computes in. For the engine's thread.
    ///
    /// @throws SartorException a user's error that names the first layer that does not fit
    public static LoraAdapter read(Path folder, Network network) {
        try (var opened = open(folder)) {
            return opened.adapter(network);
        }
    }

    /// The adapter for a network, in the type that it computes in. For the engine's thread.
    ///
    /// @throws SartorException a user's error that names the first layer that does not fit
    public LoraAdapter adapter(Network network) {
        var layout = LoraLayout.stored(network, settings, file.names());
        check(network, layout);
        var adapter = LoraAdapter.zero(layout, network.type());
        try (var _ = TensorScope.open()) {
            adapter.pieces().forEach((key, piece) -> fill(piece, file.tensor(key)));
        }
        return adapter;
    }

    private void check(Network network, LoraLayout layout) {
        for (var name : file.names()) {
            var piece = layout.pieces().get(name);
            if (piece == null) {
                throw otherModel(name, unplaced(network, name));
            }
            var stored = file.tensor(name).shape();
            if (!stored.equals(piece.shape())) {
                throw otherModel(
                        name,
                        "it has the shape "
                                + stored
                                + ", this model and the settings need "
                                + piece.shape());
            }
        }
        var asked = new ArrayList<>(layout.pieces().keySet());
        ParameterPlaces.of(network)
                .wholes(settings, layout.modules()::contains)
                .forEach(whole -> asked.add(whole.key()));
        for (var name : asked) {
            if (!file.names().contains(name)) {
                throw damaged(name);
            }
        }
    }

    private String unplaced(Network network, String name) {
        var module = name.replaceFirst("\\.lora_.*|\\.(weight|bias)$", "");
        boolean known =
                module.startsWith(LoraLayout.PREFIX)
                        && ParameterPlaces.of(network)
                                .at(module.substring(LoraLayout.PREFIX.length()) + ".weight")
                                .isPresent();
        if (known) {
            return "target_modules (with exclude_modules, layers_to_transform and modules_to_save) does not select that layer";
        }
        return name.contains(".lora_")
                ? "this model has no such layer that an adapter can change"
                : "modules_to_save or bias replaces what is no linear layer and no table of this model";
    }

    private SartorException damaged(String name) {
        return SartorException.user(
                "adapter "
                        + folder
                        + " lacks "
                        + name
                        + ", which its settings ask for: the adapter is damaged, write it again");
    }

    private SartorException otherModel(String name, String why) {
        return SartorException.user(
                "adapter "
                        + folder
                        + " is for another model: at "
                        + name
                        + ", "
                        + why
                        + ". Its base is named in "
                        + PeftConfig.NAME
                        + "; load that one.");
    }

    /// Writes an adapter so that PEFT loads it, its tensors as float32. For the engine's thread.
    public static void write(Path folder, LoraAdapter adapter, Origin origin) {
        try (var _ = TensorScope.open()) {
            var tensors = new TreeMap<String, Safetensors.Entry>();
            adapter.pieces()
                    .forEach((key, piece) ->
                            tensors.put(key, Safetensors.Entry.of(piece.detached().to(DType.F32))));
            SafetensorsWriter.write(folder.resolve(WEIGHTS), tensors);
        }
        AtomicFile.write(
                folder.resolve(PeftConfig.NAME),
                Json.pretty(PeftConfig.of(adapter.layout(), origin)));
    }

    public LoraSettings settings() {
        return settings;
    }

    /// What is stored, by PEFT's keys.
    public Safetensors tensors() {
        return file;
    }

    public Path folder() {
        return folder;
    }

    private static void fill(Tensor target, Safetensors.Entry entry) {
        var type =
                switch (entry.type()) {
                    case F16 -> DType.F16;
                    case BF16 -> DType.BF16;
                    default -> DType.F32;
                };
        target.copyFrom(Tensors.copyOf(entry.bytes(), type, target.shape()));
    }

    @Override
    public void close() {
        file.close();
    }
}
