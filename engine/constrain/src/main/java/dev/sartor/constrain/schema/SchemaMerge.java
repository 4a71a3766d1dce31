package dev.sartor.constrain.schema;

import dev.sartor.constrain.automaton.FormBudget;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/// One schema in place of several that all must hold.
final class SchemaMerge {
    private static final int MOST_BRANCHES = 200;
    private static final Set<String> LARGER =
            Set.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties");
    private static final Set<String> SMALLER =
            Set.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties");

    private final SchemaForms forms;

    SchemaMerge(SchemaForms forms) {
        this.forms = forms;
    }

    /// @param first in its plain form
    /// @return in its plain form
    JsonNode all(JsonNode first, List<JsonNode> others) {
        var merged = first;
        for (var other : others) {
            merged = both(merged, forms.followed(other));
        }
        return merged;
    }

    private JsonNode both(JsonNode one, JsonNode two) {
        if (one.isBoolean() || two.isBoolean()) {
            return one.isBoolean()
                    ? one.booleanValue() ? two : one
                    : two.booleanValue() ? one : two;
        }
        FormBudget.names(one.toString().length() + two.toString().length());
        var merged = ((ObjectNode) one).deepCopy();
        mergeProperties((ObjectNode) one, (ObjectNode) two, merged);
        two.forEachEntry((keyword, value) -> {
            if (!keyword.equals("properties") && !keyword.equals("additionalProperties")) {
                var own = merged.get(keyword);
                merged.set(keyword, own == null ? value : both(keyword, own, value));
            }
        });
        return merged;
    }

    private JsonNode both(String keyword, JsonNode one, JsonNode two) {
        if (LARGER.contains(keyword) || SMALLER.contains(keyword)) {
            int order = one.decimalValue().compareTo(two.decimalValue());
            return (order >= 0) == LARGER.contains(keyword) ? one : two;
        }
        return switch (keyword) {
            case "type" -> commonTypes(one, two);
            case "enum" -> common(one, two);
            case "required" -> union(one, two);
            case "pattern", "format" -> union(listed(one), listed(two));
            case "items" -> conjunction(one, two);
            case "prefixItems" -> prefixes(one, two);
            case "anyOf" -> branches(one, two);
            case "uniqueItems" -> one;
            default -> same(keyword, one, two);
        };
    }

    private static JsonNode same(String keyword, JsonNode one, JsonNode two) {
        if (!one.equals(two)) {
            throw SartorException.user(
                    "allOf with two different values of "
                            + keyword
                            + " cannot be held: say it in one schema");
        }
        return one;
    }

    /// Both of them, to be merged when its turn comes: they may refer to themselves.
    private static JsonNode conjunction(JsonNode one, JsonNode two) {
        if (one.equals(two)) {
            return one;
        }
        var both = Json.mapper().createObjectNode();
        both.putArray("allOf").add(one).add(two);
        return both;
    }

    private static JsonNode listed(JsonNode value) {
        return value.isArray() ? value : Json.mapper().createArrayNode().add(value);
    }

    private static JsonNode union(JsonNode one, JsonNode two) {
        var all = new LinkedHashSet<JsonNode>();
        one.forEach(all::add);
        two.forEach(all::add);
        return Json.mapper().createArrayNode().addAll(all);
    }

    /// Values that stand in both.
    static JsonNode common(JsonNode one, JsonNode two) {
        var others = new LinkedHashSet<JsonNode>();
        two.forEach(others::add);
        var common = Json.mapper().createArrayNode();
        one.valueStream().filter(others::contains).forEach(common::add);
        return common;
    }

    private static JsonNode commonTypes(JsonNode one, JsonNode two) {
        var common = Json.mapper().createArrayNode();
        for (var type : SchemaForms.names(one)) {
            var others = SchemaForms.names(two);
            if (others.contains(type) || (type.equals("integer") && others.contains("number"))) {
                common.add(type);
            } else if (type.equals("number") && others.contains("integer")) {
                common.add("integer");
            }
        }
        return common;
    }

    private static JsonNode prefixes(JsonNode one, JsonNode two) {
        if (one.size() != two.size()) {
            return same("prefixItems", one, two);
        }
        var merged = Json.mapper().createArrayNode();
        for (int i = 0; i < one.size(); i++) {
            merged.add(conjunction(one.get(i), two.get(i)));
        }
        return merged;
    }

    private static JsonNode branches(JsonNode one, JsonNode two) {
        if ((long) one.size() * two.size() > MOST_BRANCHES) {
            throw SartorException.user(
                    "allOf of anyOf makes more than " + MOST_BRANCHES + " branches: use fewer");
        }
        var merged = Json.mapper().createArrayNode();
        one.forEach(first -> two.forEach(second -> merged.add(conjunction(first, second))));
        return merged;
    }

    /// A property that only one side names is judged by the other's additionalProperties, too.
    private static void mergeProperties(ObjectNode one, ObjectNode two, ObjectNode merged) {
        var properties = Json.mapper().createObjectNode();
        addProperties(one, two, properties);
        addProperties(two, one, properties);
        if (!properties.isEmpty() || one.has("properties") || two.has("properties")) {
            merged.set("properties", properties);
        }
        var own = one.get("additionalProperties");
        var other = two.get("additionalProperties");
        if (own != null || other != null) {
            merged.set(
                    "additionalProperties",
                    own == null ? other : other == null ? own : conjunction(own, other));
        }
    }

    private static void addProperties(ObjectNode from, ObjectNode other, ObjectNode into) {
        var named = other.path("properties");
        from.path("properties")
                .forEachEntry((name, schema) -> {
                    var others =
                            named.has(name)
                                    ? named.get(name)
                                    : other.path("additionalProperties").isMissingNode()
                                            ? BooleanNode.TRUE
                                            : other.get("additionalProperties");
                    if (!into.has(name)) {
                        into.set(
                                name,
                                others.equals(BooleanNode.TRUE)
                                        ? schema
                                        : conjunction(schema, others));
                    }
                });
    }
}
