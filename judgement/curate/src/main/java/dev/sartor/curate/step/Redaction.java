package dev.sartor.curate.step;

import dev.sartor.core.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Looks through all texts of a row, those within lists and objects among them, and puts others in their place. A row's label, who may
/// read it and who asks stay as they are. Not thread-safe.
final class Redaction {
    /// Fields that say who may read a row, and who asks.
    private static final Set<String> KEPT = Set.of("readers", "asker");

    private final StepRows rows;
    private final Texts texts;
    private final SequencedMap<String, Integer> kinds = new LinkedHashMap<>();
    private final List<String> changed = new ArrayList<>();

    /// Puts other text in a text's place.
    interface Texts {
        /// @param kinds counts what was found, by kind
        /// @return the same text where nothing was found
        String redacted(String text, Map<String, Integer> kinds);
    }

    /// @param fields of the row as it is from then on
    /// @param changed the names of the fields that differ; none where nothing was found
    record Redacted(ObjectNode fields, List<String> changed, SequencedMap<String, Integer> kinds) {}

    private Redaction(StepRows rows, Texts texts) {
        this.rows = rows;
        this.texts = texts;
    }

    static Redacted of(StepRows rows, int row, Texts texts) {
        return new Redaction(rows, texts).redacted(rows.fields(row));
    }

    private Redacted redacted(ObjectNode fields) {
        var other = Json.mapper().createObjectNode();
        for (var field : fields.properties()) {
            var name = field.getKey();
            boolean isKept = KEPT.contains(name) || rows.columns().isLabel(name);
            var value = isKept ? field.getValue() : redacted(field.getValue());
            if (!value.equals(field.getValue())) {
                changed.add(name);
            }
            other.set(name, value);
        }
        return new Redacted(other, changed, kinds);
    }

    private JsonNode redacted(JsonNode value) {
        if (value.isString()) {
            return JsonNodeFactory.instance.stringNode(texts.redacted(value.stringValue(), kinds));
        }
        if (value.isArray()) {
            var array = Json.mapper().createArrayNode();
            value.forEach(each -> array.add(redacted(each)));
            return array;
        }
        if (value.isObject()) {
            var object = Json.mapper().createObjectNode();
            value.properties()
                    .forEach(each -> object.set(each.getKey(), redacted(each.getValue())));
            return object;
        }
        return value;
    }
}
