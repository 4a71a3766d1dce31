package dev.sartor.model;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A model's shape, under the keys of transformers' config.json, wherever it came from.
public final class ModelConfig {
    private static final String CODE = "auto_map";

    private final String where;
    private final JsonNode values;

    public ModelConfig(String where, JsonNode values) {
        this.where = where;
        this.values = values;
    }

    public static ModelConfig read(Path file) {
        return new ModelConfig(file.toString(), Json.read(file));
    }

    /// A copy of all keys and values.
    public ObjectNode json() {
        return (ObjectNode) values.deepCopy();
    }

    /// The architecture's name, such as `llama` or `bert`.
    public String family() {
        return text("model_type");
    }

    public String text(String key) {
        return required(key).asString();
    }

    public int integer(String key) {
        var value = required(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
            throw SartorException.user(
                    where
                            + ": "
                            + key
                            + " must be a whole number from 0 to 2147483647, got "
                            + value
                            + ": the file is damaged or of an unknown kind");
        }
        return value.intValue();
    }

    public int integer(String key, int otherwise) {
        return has(key) ? integer(key) : otherwise;
    }

    public double number(String key, double otherwise) {
        return has(key) ? number(key) : otherwise;
    }

    public double number(String key) {
        var value = required(key);
        if (!value.isNumber()) {
            throw SartorException.user(where + ": " + key + " must be a number, got " + value);
        }
        return value.doubleValue();
    }

    /// Empty where the key is missing or null.
    public OptionalDouble optionalNumber(String key) {
        return has(key) ? OptionalDouble.of(number(key)) : OptionalDouble.empty();
    }

    public double[] numbers(String key) {
        var list = required(key);
        if (!list.isArray() || !list.valueStream().allMatch(JsonNode::isNumber)) {
            throw SartorException.user(
                    where + ": " + key + " must be a list of numbers, got " + list);
        }
        return list.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
    }

    public List<String> texts(String key) {
        var list = required(key);
        if (!list.isArray() || !list.valueStream().allMatch(JsonNode::isString)) {
            throw SartorException.user(
                    where + ": " + key + " must be a list of texts, got " + list);
        }
        return list.valueStream().map(JsonNode::stringValue).toList();
    }

    public boolean flag(String key, boolean otherwise) {
        return has(key) ? flag(key) : otherwise;
    }

    public boolean flag(String key) {
        var value = required(key);
        if (!value.isBoolean()) {
            throw SartorException.user(where + ": " + key + " must be true or false, got " + value);
        }
        return value.booleanValue();
    }

    /// The class of transformers that the weights were saved from, such as `BertForMaskedLM`.
    public Optional<String> architecture() {
        return has("architectures")
                ? texts("architectures").stream().findFirst()
                : Optional.empty();
    }

    public boolean has(String key) {
        return values.hasNonNull(key);
    }

    /// A group of settings within this one.
    public ModelConfig under(String key) {
        return new ModelConfig(where + ": " + key, required(key));
    }

    /// An empty group of settings.
    public ModelConfig nothing() {
        return new ModelConfig(where, Json.mapper().createObjectNode());
    }

    /// With the values that transformers takes where a key is missing; a key that is null stays so.
    ///
    /// @param defaults a JSON object
    public ModelConfig withDefaults(String defaults) {
        var merged = (ObjectNode) Json.mapper().readTree(defaults);
        values.properties().forEach(field -> merged.set(field.getKey(), field.getValue()));
        return new ModelConfig(where, merged);
    }

    /// With other values of some keys.
    public ModelConfig with(ObjectNode changes) {
        return new ModelConfig(where, changed(values, changes));
    }

    /// A file's settings with other values of some keys.
    public static ObjectNode changed(JsonNode settings, ObjectNode changes) {
        var changed = Json.mapper().createObjectNode();
        settings.properties().forEach(field -> changed.set(field.getKey(), field.getValue()));
        changes.properties().forEach(field -> changed.set(field.getKey(), field.getValue()));
        return changed;
    }

    /// With the values of some keys under other names.
    public ModelConfig renamed(Map<String, String> names) {
        var renamed = Json.mapper().createObjectNode();
        values.properties()
                .forEach(field ->
                        renamed.set(
                                names.getOrDefault(field.getKey(), field.getKey()),
                                field.getValue()));
        return new ModelConfig(where, renamed);
    }

    /// What a model of a family that is not known here is refused with.
    ///
    /// @param known the families that are
    public SartorException unknownFamily(String known) {
        return unsupported(
                "model_type '"
                        + family()
                        + "' cannot be loaded here; known are "
                        + known
                        + remoteCode().map(code -> ". " + code).orElse("")
                        + ": choose another model");
    }

    /// What is said of a model that brings Python code of its own (transformers' `trust_remote_code`); empty where it
    /// brings none.
    public Optional<String> remoteCode() {
        return has(CODE)
                ? Optional.of(
                        "The model's own code (auto_map: " + values.path(CODE) + ") is never run")
                : Optional.empty();
    }

    public SartorException unsupported(String what) {
        return SartorException.user(where + ": " + what);
    }

    private JsonNode required(String key) {
        var value = values.path(key);
        if (value.isMissingNode() || value.isNull()) {
            throw SartorException.user(
                    where + " has no '" + key + "': is it the config.json of a whole model?");
        }
        return value;
    }
}
