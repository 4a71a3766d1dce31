package dev.sartor.model;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A model's shape, under the keys of transformers' config.json, wherever it came from.
public final class ModelConfig {
    private final String where;
    private final JsonNode values;

    ModelConfig(String where, JsonNode values) {
        this.where = where;
        this.values = values;
    }

    static ModelConfig read(Path file) {
        return new ModelConfig(file.toString(), Json.read(file));
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
        if (!has(key)) {
            return otherwise;
        }
        var value = required(key);
        if (!value.isNumber()) {
            throw SartorException.user(where + ": " + key + " must be a number, got " + value);
        }
        return value.doubleValue();
    }

    public boolean flag(String key, boolean otherwise) {
        return has(key) ? required(key).asBoolean() : otherwise;
    }

    /// A list of texts.
    List<String> texts(String key) {
        var texts = new ArrayList<String>();
        required(key).forEach(text -> texts.add(text.asString()));
        return texts;
    }

    /// The class of transformers that the weights were saved from, such as `BertForMaskedLM`.
    Optional<String> architecture() {
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

    SartorException unsupported(String what) {
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
