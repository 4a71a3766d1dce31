package dev.sartor.curate.look;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Counts which fields rows have, and what stands in them. Not thread-safe.
public final class FieldShapes {
    private static final int MOST_FIELDS = 200;
    private static final int MOST_DISTINCT = 1000;
    private static final int LONGEST_EXAMPLE = 120;

    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private long passedOver;

    private static final class Shape {
        private final Set<String> kinds = new LinkedHashSet<>();
        private final Set<Integer> distinct = new HashSet<>();
        private String example = "";
        private long rows;
    }

    public void add(ObjectNode row) {
        for (var field : row.properties()) {
            var value = field.getValue();
            if (value.isNull()) {
                continue;
            }
            var shape = shapes.get(field.getKey());
            if (shape == null) {
                if (shapes.size() == MOST_FIELDS) {
                    passedOver++;
                    continue;
                }
                shape = new Shape();
                shapes.put(field.getKey(), shape);
            }
            shape.rows++;
            shape.kinds.add(kind(value));
            if (shape.example.isEmpty()) {
                shape.example = cut(value.isString() ? value.stringValue() : value.toString());
            }
            if (shape.distinct.size() < MOST_DISTINCT) {
                shape.distinct.add(value.hashCode());
            }
        }
    }

    public List<Look.Field> fields() {
        var fields = new ArrayList<Look.Field>();
        shapes.forEach((name, shape) ->
                fields.add(
                        new Look.Field(
                                name,
                                shape.rows,
                                List.copyOf(shape.kinds),
                                shape.distinct.size(),
                                shape.example)));
        return fields;
    }

    /// How many values stand in fields that are not listed, as there are too many of them.
    public long passedOver() {
        return passedOver;
    }

    public static String cut(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        if (line.length() <= LONGEST_EXAMPLE) {
            return line;
        }
        int end = LONGEST_EXAMPLE - 1;
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end)
                + "…";
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.stringValue().isBlank() ? "blank" : "text";
            case NUMBER -> "number";
            case BOOLEAN -> "true or false";
            case ARRAY -> "list";
            case OBJECT -> "object";
            default -> "other";
        };
    }
}
