package dev.sartor.model.adapter;

import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import dev.sartor.model.network.LoraLayout;
import dev.sartor.model.network.LoraRanks;
import dev.sartor.model.network.LoraSettings;
import dev.sartor.model.network.LoraTargets;
import dev.sartor.model.network.ModuleNames;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// PEFT's adapter_config.json (LoraConfig in peft/tuners/lora/config.py, version 0.21). What it asks for and cannot be done
/// here is refused by its key.
public final class PeftConfig {
    public static final String NAME = "adapter_config.json";

    private static final String DAMAGED = "the file is damaged, fetch or write it again";
    private static final String PARAMETERS = "target_parameters";

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
                    PARAMETERS,
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
        refuse(
                !one("peft_type", "", TEXTS).equals("LORA"),
                "peft_type",
                "LORA",
                "train a LoRA adapter");
        refuse(
                !BEGINNINGS.contains(value("init_lora_weights")),
                "init_lora_weights",
                "true, false, gaussian, orthogonal or eva",
                "it changed the network's own weights, which are not in the adapter: convert it with"
                        + " PEFT's path_initial_model_for_weight_conversion");
        refuse(
                isSet(values.path(PARAMETERS)),
                PARAMETERS,
                "null or empty",
                "adapters on parameters that are no layers, such as a mixture's experts stacked in one tensor, are"
                        + " not supported; adapters on layers are: train it with target_modules alone (attention's"
                        + " layers, or each expert's gate_proj, up_proj and down_proj where the model's files have"
                        + " them one by one)");
        for (var setting : values.properties()) {
            refuse(
                    !KNOWN.contains(setting.getKey()) && isSet(setting.getValue()),
                    setting.getKey(),
                    "absent",
                    "it is not supported");
        }
        refuse(
                flag("ensure_weight_tying"),
                "ensure_weight_tying",
                "false",
                "adapters that are tied to each other are not supported");
        var settings = new LoraSettings(targets(), ranks(), flag("use_dora"), biases());
        problems.throwIfAny();
        return settings;
    }

    private static boolean isSet(JsonNode value) {
        return !value.isMissingNode()
                && !Set.of("null", "false", "[]", "{}").contains(value.toString());
    }

    private LoraTargets targets() {
        var named = names("target_modules");
        var numbers = list("layers_to_transform", NUMBERS);
        refuse(
                !numbers.isEmpty() && named.filter(PeftConfig::isNoList).isPresent(),
                "layers_to_transform",
                "null where target_modules is no list",
                "say the layers in target_modules");
        return new LoraTargets(
                named,
                names("exclude_modules").orElse(ModuleNames.none()),
                numbers.isEmpty() ? Optional.empty() : Optional.of(numbers),
                list("layers_pattern", TEXTS),
                list("modules_to_save", TEXTS));
    }

    private static boolean isNoList(ModuleNames names) {
        return !(names instanceof ModuleNames.Listed);
    }

    private Optional<ModuleNames> names(String key) {
        var value = values.path(key);
        if (!value.isString()) {
            var listed = list(key, TEXTS);
            return value.isArray() ? Optional.of(new ModuleNames.Listed(listed)) : Optional.empty();
        }
        return value.stringValue().equalsIgnoreCase("all-linear")
                ? Optional.of(new ModuleNames.AllLinear())
                : Optional.of(new ModuleNames.Matching(value.stringValue()));
    }

    private LoraSettings.Biases biases() {
        var bias = one("bias", "none", TEXTS);
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
        return new LoraRanks(
                one("r", 8, NUMBERS),
                one("lora_alpha", 8.0, REALS),
                flag("use_rslora"),
                pattern("rank_pattern", NUMBERS),
                pattern("alpha_pattern", REALS));
    }

    /// What a value must be.
    private record Rule<T>(String words, Predicate<JsonNode> fits, Function<JsonNode, T> value) {}

    private static final Rule<Integer> NUMBERS =
            new Rule<>("a whole number", JsonNode::isInt, JsonNode::intValue);
    private static final Rule<Double> REALS =
            new Rule<>("a number", JsonNode::isNumber, JsonNode::doubleValue);
    private static final Rule<String> TEXTS =
            new Rule<>("a text", JsonNode::isString, JsonNode::stringValue);
    private static final Rule<Boolean> FLAGS =
            new Rule<>("true or false", JsonNode::isBoolean, JsonNode::booleanValue);

    private <T> T one(String key, T otherwise, Rule<T> rule) {
        var value = values.path(key);
        boolean absent = value.isNull() || value.isMissingNode();
        boolean wrong = !absent && !rule.fits().test(value);
        refuse(wrong, key, rule.words(), DAMAGED);
        return absent || wrong ? otherwise : rule.value().apply(value);
    }

    private <T> Map<String, T> pattern(String key, Rule<T> rule) {
        var pattern = new LinkedHashMap<String, T>();
        var value = values.path(key);
        boolean wrong =
                !(value.isObject() || value.isNull() || value.isMissingNode())
                        || !value.valueStream().allMatch(rule.fits());
        refuse(wrong, key, "an object of patterns with " + rule.words() + " each", DAMAGED);
        if (!wrong) {
            value.properties()
                    .forEach(each ->
                            pattern.put(each.getKey(), rule.value().apply(each.getValue())));
        }
        return pattern;
    }

    /// A list, or the one value that stands for a list of itself.
    private <T> List<T> list(String key, Rule<T> rule) {
        var value = values.path(key);
        if (value.isNull() || value.isMissingNode()) {
            return List.of();
        }
        var each = value.isArray() ? value.valueStream().toList() : List.of(value);
        boolean wrong = !each.stream().allMatch(rule.fits());
        refuse(wrong, key, rule.words() + " or a list of such", DAMAGED);
        return wrong ? List.of() : each.stream().map(rule.value()).toList();
    }

    private boolean flag(String key) {
        return one(key, false, FLAGS);
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
    public static Map<String, Object> of(LoraLayout layout, PeftFolder.Origin origin) {
        return of(layout.settings(), layout.modules(), origin);
    }

    /// @param modules the paths of the layers that are changed by low rank
    public static Map<String, Object> of(
            LoraSettings settings, Collection<String> modules, PeftFolder.Origin origin) {
        var ranks = settings.ranks();
        var saved = settings.targets().saved();
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
                switch (settings.biases()) {
                    case NONE -> "none";
                    case LORA_ONLY -> "lora_only";
                    case ALL -> "all";
                });
        config.put("fan_in_fan_out", false); // PEFT corrects it where weights lie the other way
        config.put("use_rslora", ranks.stabilised());
        config.put("use_dora", settings.dora());
        config.put("init_lora_weights", true);
        config.put("target_modules", modules.stream().sorted().toList());
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
