package dev.sartor.model;

import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// PEFT's adapter_config.json (LoraConfig in peft/tuners/lora/config.py, version 0.21). What it asks for and cannot be done
/// here is refused by its key.
final class PeftConfig {
    static final String NAME = "adapter_config.json";

    /// What is read, or says nothing about what the adapter computes.
    private static final Set<String> KNOWN =
            Set.of(
                    "alpha_pattern",
                    "auto_mapping",
                    "base_model_name_or_path",
                    "bias",
                    "corda_config",
                    "ensure_weight_tying",
                    "eva_config",
                    "exclude_modules",
                    "fan_in_fan_out", // the matrices' own shapes are the same either way
                    "inference_mode",
                    "init_lora_weights",
                    "layers_pattern",
                    "layers_to_transform",
                    "loftq_config",
                    "lora_alpha",
                    "lora_dropout",
                    "lora_ga_config",
                    "megatron_core",
                    "modules_to_save",
                    "peft_type",
                    "peft_version",
                    "qalora_group_size",
                    "r",
                    "rank_pattern",
                    "revision",
                    "runtime_config",
                    "target_modules",
                    "task_type",
                    "use_dora",
                    "use_rslora");

    /// Ways to begin a training that leave the network's own weights as they are.
    private static final Set<String> BEGINNINGS =
            Set.of("true", "false", "\"gaussian\"", "\"orthogonal\"", "\"eva\"", "null");

    private final Path file;
    private final JsonNode values;
    private final Problems problems = new Problems();

    private PeftConfig(Path file) {
        this.file = file;
        this.values = Json.read(file);
    }

    /// @throws dev.sartor.core.SartorException a user's error that names every setting that is not supported
    static LoraSettings read(Path folder) {
        return new PeftConfig(folder.resolve(NAME)).settings();
    }

    private LoraSettings settings() {
        refuse(!text("peft_type").equals("LORA"), "peft_type", "LORA", "train a LoRA adapter");
        refuse(
                !BEGINNINGS.contains(value("init_lora_weights")),
                "init_lora_weights",
                "true, false, gaussian, orthogonal or eva",
                "it changed the network's own weights, which are not in the adapter: convert it with"
                        + " PEFT's path_initial_model_for_weight_conversion");
        for (var setting : values.properties()) {
            var unset = Set.of("null", "false", "[]", "{}").contains(setting.getValue().toString());
            refuse(
                    !KNOWN.contains(setting.getKey()) && !unset,
                    setting.getKey(),
                    "absent",
                    "it is not supported");
        }
        refuse(
                values.path("ensure_weight_tying").asBoolean(false),
                "ensure_weight_tying",
                "false",
                "adapters that are tied to each other are not supported");
        var targets = targets();
        var biases = biases();
        problems.throwIfAny();
        return new LoraSettings(targets, ranks(), flag("use_dora"), biases);
    }

    private LoraTargets targets() {
        var named = names("target_modules");
        var numbers = list(values.path("layers_to_transform"), JsonNode::asInt);
        refuse(
                !numbers.isEmpty() && named.filter(PeftConfig::isNoList).isPresent(),
                "layers_to_transform",
                "null where target_modules is no list",
                "say the layers in target_modules");
        return new LoraTargets(
                named,
                names("exclude_modules").orElse(ModuleNames.none()),
                numbers.isEmpty() ? Optional.empty() : Optional.of(numbers),
                list(values.path("layers_pattern"), JsonNode::asString),
                list(values.path("modules_to_save"), JsonNode::asString));
    }

    private static boolean isNoList(ModuleNames names) {
        return !(names instanceof ModuleNames.Listed);
    }

    private Optional<ModuleNames> names(String key) {
        var value = values.path(key);
        if (value.isNull() || value.isMissingNode()) {
            return Optional.empty();
        }
        if (value.isArray()) {
            return Optional.of(new ModuleNames.Listed(list(value, JsonNode::asString)));
        }
        return value.asString().equalsIgnoreCase("all-linear")
                ? Optional.of(new ModuleNames.AllLinear())
                : Optional.of(new ModuleNames.Matching(value.asString()));
    }

    private LoraSettings.Biases biases() {
        var bias = values.path("bias").asString("none");
        return switch (bias) {
            case "none" -> LoraSettings.Biases.NONE;
            case "lora_only" -> LoraSettings.Biases.LORA_ONLY;
            case "all" -> LoraSettings.Biases.ALL;
            default -> {
                refuse(true, "bias", "none, lora_only or all", "train it again");
                yield LoraSettings.Biases.NONE;
            }
        };
    }

    private LoraRanks ranks() {
        int rank = values.path("r").asInt(8);
        return new LoraRanks(
                rank,
                values.path("lora_alpha").asDouble(8),
                flag("use_rslora"),
                pattern("rank_pattern", JsonNode::asInt),
                pattern("alpha_pattern", JsonNode::asDouble));
    }

    private <T> Map<String, T> pattern(String key, Function<JsonNode, T> value) {
        var pattern = new LinkedHashMap<String, T>();
        values.path(key)
                .properties()
                .forEach(entry -> pattern.put(entry.getKey(), value.apply(entry.getValue())));
        return pattern;
    }

    /// A list, or the one value that stands for a list of itself.
    private static <T> List<T> list(JsonNode node, Function<JsonNode, T> value) {
        var list = new ArrayList<T>();
        if (node.isArray()) {
            node.forEach(each -> list.add(value.apply(each)));
        } else if (!node.isNull() && !node.isMissingNode()) {
            list.add(value.apply(node));
        }
        return list;
    }

    private boolean flag(String key) {
        return values.path(key).asBoolean(false);
    }

    private String text(String key) {
        return values.path(key).asString("");
    }

    private String value(String key) {
        return values.has(key) ? values.get(key).toString() : "null";
    }

    private void refuse(boolean wrong, String key, String rule, String advice) {
        if (wrong) {
            problems.add(
                    file.toString(),
                    key + " must be " + rule + ", got " + value(key) + ": " + advice);
        }
    }

    /// The file's content for an adapter that is written here. Layers are named one by one, so that no pattern of theirs
    /// is needed.
    static Map<String, Object> of(LoraLayout layout, PeftFolder.Origin origin) {
        var ranks = layout.settings().ranks();
        var saved = layout.settings().targets().saved();
        var config = new TreeMap<String, Object>();
        config.put("peft_type", "LORA");
        config.put("task_type", origin.taskType());
        config.put("base_model_name_or_path", origin.baseModel());
        config.put("revision", Optional.empty());
        config.put("inference_mode", true);
        config.put("r", ranks.rank());
        config.put("lora_alpha", whole(ranks.alpha()));
        config.put("lora_dropout", origin.dropout());
        config.put(
                "bias",
                switch (layout.settings().biases()) {
                    case NONE -> "none";
                    case LORA_ONLY -> "lora_only";
                    case ALL -> "all";
                });
        config.put("fan_in_fan_out", false); // PEFT corrects it where weights lie the other way
        config.put("use_rslora", ranks.stabilised());
        config.put("use_dora", layout.settings().dora());
        config.put("init_lora_weights", true);
        config.put("target_modules", layout.modules().stream().sorted().toList());
        config.put("modules_to_save", saved.isEmpty() ? Optional.empty() : saved);
        config.put("rank_pattern", ranks.rankPattern());
        var alphas = new LinkedHashMap<String, Object>();
        ranks.alphaPattern().forEach((key, alpha) -> alphas.put(key, whole(alpha)));
        config.put("alpha_pattern", alphas);
        for (var absent : List.of("layers_to_transform", "layers_pattern", "exclude_modules")) {
            config.put(absent, Optional.empty());
        }
        return config;
    }

    /// PEFT's alphas are whole numbers where they can be.
    private static Number whole(double alpha) {
        return alpha == Math.rint(alpha) && Math.abs(alpha) < 1e9
                ? (Number) (int) alpha
                : (Number) alpha;
    }
}
