package dev.sartor.data.row;

import dev.sartor.core.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The names of numbered labels, as Hugging Face's datasets leaves them in the metadata of Parquet and Arrow files: a column
/// of the feature `ClassLabel` holds 0, 1, 2 …, and `{"info": {"features": {"label": {"_type": "ClassLabel", "names": [...]}}}}`
/// says what they mean. Columns within lists and structures keep their numbers.
final class LabelNames {
    /// The key of the metadata.
    static final String KEY = "huggingface";

    private static final String KIND = "ClassLabel";

    private final Map<String, List<String>> names;

    private LabelNames(Map<String, List<String>> names) {
        this.names = names;
    }

    /// @param metadata the file's, by key; what is no such JSON names nothing
    static LabelNames of(Map<String, String> metadata) {
        var names = new HashMap<String, List<String>>();
        features(metadata.getOrDefault(KEY, "{}"))
                .ifPresent(features ->
                        features.properties()
                                .forEach(each ->
                                        named(each.getValue())
                                                .ifPresent(
                                                        list -> names.put(each.getKey(), list))));
        return new LabelNames(names);
    }

    private static Optional<JsonNode> features(String json) {
        try {
            return Optional.of(Json.mapper().readTree(json).path("info").path("features"));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<List<String>> named(JsonNode feature) {
        boolean isNamed =
                feature.path("_type").asString("").equals(KIND) && feature.path("names").isArray();
        return isNamed
                ? Optional.of(
                        feature.path("names").valueStream().map(each -> each.asString("")).toList())
                : Optional.empty();
    }

    /// Puts names in place of a row's numbers.
    ///
    /// @return what is wrong with the row: a number without a name. −1 is datasets' "no label", and leaves the field out
    Optional<String> apply(ObjectNode fields) {
        for (var each : names.entrySet()) {
            var number = fields.get(each.getKey());
            if (number == null || !number.isIntegralNumber()) {
                continue;
            }
            long label = number.longValue();
            if (label == -1) {
                fields.remove(each.getKey());
            } else if (label < 0 || label >= each.getValue().size()) {
                return Optional.of(
                        "'"
                                + each.getKey()
                                + "' must be a label from 0 to "
                                + (each.getValue().size() - 1)
                                + ", of which the file has the names, got "
                                + label
                                + ".");
            } else {
                fields.put(each.getKey(), each.getValue().get((int) label));
            }
        }
        return Optional.empty();
    }
}
