package dev.sartor.model;

import dev.sartor.core.AtomicFile;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Adapters as HF PEFT stores them: adapter_config.json beside adapter_model.safetensors.
public final class PeftFolder {
    private static final String CONFIG = "adapter_config.json";
    static final String WEIGHTS = "adapter_model.safetensors";
    private static final String PREFIX = "base_model.model.";
    private static final Pattern KEY =
            Pattern.compile("base_model\\.model\\.(.+)\\.lora_([AB])\\.weight");

    private PeftFolder() {}

    /// What is written besides the matrices.
    ///
    /// @param baseModel the name or path of the model that the adapter was trained on
    public record Settings(
            String baseModel, String taskType, int rank, double alpha, double dropout) {}

    /// Loads an adapter for the network, in the type that the network computes in. For the engine's thread.
    ///
    /// @throws SartorException a user's error that names the first layer that does not fit
    public static LoraAdapter read(Path folder, Network network) {
        if (!Files.exists(folder.resolve(WEIGHTS))) {
            throw SartorException.user(
                    folder
                            + " must hold "
                            + CONFIG
                            + " and "
                            + WEIGHTS
                            + ": name a folder that `sartor tune` or PEFT's save_pretrained wrote");
        }
        var config = Json.read(folder.resolve(CONFIG));
        refuseUnsupported(folder, config);
        try (var file = Safetensors.open(folder.resolve(WEIGHTS), WeightAccess.COPIED)) {
            var layout = layout(folder, network, file, config);
            var adapter = LoraAdapter.zero(layout, network.type());
            try (var _ = TensorScope.open()) {
                adapter.matrices()
                        .forEach((module, pair) -> {
                            fill(pair.getFirst(), file.tensor(PREFIX + module + ".lora_A.weight"));
                            fill(pair.getLast(), file.tensor(PREFIX + module + ".lora_B.weight"));
                        });
            }
            return adapter;
        }
    }

    /// Writes an adapter so that PEFT loads it, its matrices as float32. For the engine's thread.
    public static void write(Path folder, LoraAdapter adapter, Settings settings) {
        try (var _ = TensorScope.open()) {
            var tensors = new TreeMap<String, Safetensors.Entry>();
            adapter.matrices()
                    .forEach((module, pair) -> {
                        tensors.put(PREFIX + module + ".lora_A.weight", entry(pair.getFirst()));
                        tensors.put(PREFIX + module + ".lora_B.weight", entry(pair.getLast()));
                    });
            SafetensorsWriter.write(folder.resolve(WEIGHTS), tensors);
        }
        AtomicFile.write(folder.resolve(CONFIG), Json.pretty(config(adapter.layout(), settings)));
    }

    private static Map<String, Object> config(LoraLayout layout, Settings settings) {
        var config = new TreeMap<String, Object>();
        config.put("peft_type", "LORA");
        config.put("task_type", settings.taskType());
        config.put("base_model_name_or_path", settings.baseModel());
        config.put("revision", Optional.empty());
        config.put("inference_mode", true);
        config.put("r", settings.rank());
        config.put("lora_alpha", settings.alpha());
        config.put("lora_dropout", settings.dropout());
        config.put("bias", "none");
        config.put("fan_in_fan_out", false);
        config.put("use_rslora", false);
        config.put("use_dora", false);
        config.put("init_lora_weights", true);
        config.put("target_modules", layout.modules().stream().sorted().toList());
        config.put("rank_pattern", Map.of());
        config.put("alpha_pattern", Map.of());
        for (var absent :
                List.of(
                        "modules_to_save",
                        "layers_to_transform",
                        "layers_pattern",
                        "exclude_modules")) {
            config.put(absent, Optional.empty());
        }
        return config;
    }

    private static void refuseUnsupported(Path folder, JsonNode config) {
        if (!config.path("peft_type").asString("").equals("LORA")) {
            throw SartorException.user(
                    folder.resolve(CONFIG)
                            + ": peft_type must be LORA, got "
                            + config.path("peft_type")
                            + ": train a LoRA adapter");
        }
        if (config.path("use_dora").asBoolean(false)) {
            throw SartorException.user(
                    folder.resolve(CONFIG) + ": use_dora must be false: DoRA is not supported yet");
        }
        var saved = config.path("modules_to_save");
        if (saved.isArray() && !saved.isEmpty()) {
            throw SartorException.user(
                    folder.resolve(CONFIG)
                            + ": modules_to_save must be null, got "
                            + saved
                            + ": whole modules in an adapter are not supported yet");
        }
    }

    private static LoraLayout layout(
            Path folder, Network network, Safetensors file, JsonNode config) {
        var inputs = new HashMap<String, Linear>();
        var outputs = new HashMap<String, Integer>();
        for (var linear : network.linears()) {
            for (var part : linear.parts()) {
                inputs.put(part.module(), linear);
                outputs.put(part.module(), part.out());
            }
        }
        var shapes = new HashMap<String, LoraLayout.Shape>();
        var missing = new HashSet<String>();
        for (var name : file.names()) {
            var key = KEY.matcher(name);
            var linear =
                    key.matches()
                            ? Optional.ofNullable(inputs.get(key.group(1)))
                            : Optional.<Linear>empty();
            if (linear.isEmpty()) {
                throw otherModel(folder, name, "this model has no such layer");
            }
            var module = key.group(1);
            var shape = file.tensor(name).shape();
            if (key.group(2).equals("A")) {
                int rank = shape.getFirst().intValue();
                check(folder, name, shape, List.of((long) rank, (long) linear.get().in()));
                shapes.put(module, new LoraLayout.Shape(rank, scale(config, module, rank)));
            } else {
                check(
                        folder,
                        name,
                        shape,
                        List.of((long) outputs.getOrDefault(module, 0), shape.getLast()));
            }
            toggle(missing, module);
        }
        if (!missing.isEmpty()) {
            throw SartorException.user(
                    folder
                            + ": the layer "
                            + missing.iterator().next()
                            + " has only one of lora_A and lora_B: the adapter is damaged, write it again");
        }
        return LoraLayout.of(network, module -> Optional.ofNullable(shapes.get(module)));
    }

    private static void toggle(Set<String> half, String module) {
        if (!half.add(module)) {
            half.remove(module);
        }
    }

    private static double scale(JsonNode config, String module, int rank) {
        double alpha = config.path("lora_alpha").asDouble(rank);
        for (var pattern : config.path("alpha_pattern").properties()) {
            if (module.matches("(.*\\.)?(" + pattern.getKey() + ")")) {
                alpha = pattern.getValue().asDouble();
            }
        }
        return config.path("use_rslora").asBoolean(false) ? alpha / Math.sqrt(rank) : alpha / rank;
    }

    private static void check(Path folder, String name, List<Long> stored, List<Long> expected) {
        if (!stored.equals(expected)) {
            throw otherModel(
                    folder, name, "it has the shape " + stored + ", this model needs " + expected);
        }
    }

    private static SartorException otherModel(Path folder, String name, String why) {
        return SartorException.user(
                "adapter "
                        + folder
                        + " is for another model: at "
                        + name
                        + ", "
                        + why
                        + ". Its base is named in "
                        + CONFIG
                        + "; load that one.");
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

    private static Safetensors.Entry entry(Tensor matrix) {
        var dense = matrix.detached().to(DType.F32).contiguous();
        var bytes = dense.memory().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
        return new Safetensors.Entry(
                SafetensorsType.F32,
                Arrays.stream(matrix.shape()).boxed().toList(),
                MemorySegment.ofArray(bytes));
    }
}
