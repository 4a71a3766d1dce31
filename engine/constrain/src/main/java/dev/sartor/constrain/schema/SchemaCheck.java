package dev.sartor.constrain.schema;

import dev.sartor.constrain.automaton.CodePoints;
import dev.sartor.constrain.automaton.FormBudget;
import dev.sartor.core.Problems;
import dev.sartor.core.text.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Looks through a whole JSON Schema for what could not be held: a keyword that is not supported, is not known, or has a
/// value that it cannot have. Nothing is ignored but what says nothing about the text.
final class SchemaCheck {
    private static final int MOST_DEPTH = 100;

    /// Characters of a wrong value that a refusal shows.
    private static final int MOST_SHOWN = 80;

    /// Numerals of more digits are of no use, and take long.
    private static final int MOST_DIGITS = 400;

    private static final Set<String> NOTES =
            Set.of(
                    "$schema",
                    "$id",
                    "$comment",
                    "title",
                    "description",
                    "default",
                    "example",
                    "examples",
                    "deprecated",
                    "readOnly",
                    "writeOnly",
                    "contentEncoding",
                    "contentMediaType",
                    "discriminator");
    private static final Set<String> MAPS = Set.of("properties", "$defs", "definitions");
    private static final Set<String> LISTS = Set.of("anyOf", "oneOf", "allOf", "prefixItems");
    private static final Set<String> SCHEMAS = Set.of("items", "additionalProperties");
    private static final Set<String> NUMBERS =
            Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");
    private static final Set<String> COUNTS =
            Set.of(
                    "minLength",
                    "maxLength",
                    "minItems",
                    "maxItems",
                    "minProperties",
                    "maxProperties");
    private static final Set<String> TEXTS = Set.of("$ref", "pattern", "format");
    private static final Set<String> FLAGS = Set.of("uniqueItems", "nullable");
    private static final Set<String> TYPES =
            Set.of("null", "boolean", "object", "array", "number", "integer", "string");
    private static final Map<String, String> REFUSED =
            Map.ofEntries(
                    Map.entry("not", "say what may stand there instead"),
                    Map.entry("if", "use anyOf"),
                    Map.entry("then", "use anyOf"),
                    Map.entry("else", "use anyOf"),
                    Map.entry("patternProperties", "name the properties"),
                    Map.entry("propertyNames", "name the properties"),
                    Map.entry("dependentRequired", "use anyOf"),
                    Map.entry("dependentSchemas", "use anyOf"),
                    Map.entry("dependencies", "use anyOf"),
                    Map.entry("contains", "use prefixItems"),
                    Map.entry("minContains", "use prefixItems"),
                    Map.entry("maxContains", "use prefixItems"),
                    Map.entry("unevaluatedProperties", "use additionalProperties"),
                    Map.entry("unevaluatedItems", "use items"),
                    Map.entry("additionalItems", "use prefixItems and items"),
                    Map.entry("$anchor", "refer to #/$defs/…"),
                    Map.entry("$dynamicRef", "use $ref"),
                    Map.entry("$dynamicAnchor", "use $ref"),
                    Map.entry("$recursiveRef", "use $ref"));

    private final Problems problems = new Problems();

    private SchemaCheck() {}

    /// @throws dev.sartor.core.SartorException a user's error that names every place
    static void of(JsonNode schema) {
        var check = new SchemaCheck();
        check.schema(schema, "#", 0);
        check.problems.throwIfAny();
    }

    /// Whether the keyword says nothing about which texts are valid.
    static boolean isNote(String keyword) {
        return NOTES.contains(keyword) || keyword.startsWith("x-");
    }

    private void schema(JsonNode schema, String path, int depth) {
        FormBudget.steps(100L + path.length() + 20L * schema.size());
        if (depth > MOST_DEPTH) {
            problems.add(path, "the schema is more than " + MOST_DEPTH + " levels deep");
        } else if (schema.isObject()) {
            schema.forEachEntry(
                    (keyword, value) -> keyword(keyword, value, path + "/" + keyword, depth + 1));
        } else if (!schema.isBoolean()) {
            problems.add(path, "must be a schema: an object, true or false, got " + shown(schema));
        }
    }

    private void keyword(String keyword, JsonNode value, String path, int depth) {
        if (MAPS.contains(keyword)) {
            require(value.isObject(), path, "an object of schemas", value);
            value.forEachEntry((name, each) -> {
                requireUnicode(name, path);
                schema(each, path + "/" + name, depth);
            });
        } else if (LISTS.contains(keyword)) {
            require(value.isArray() && !value.isEmpty(), path, "a list of schemas", value);
            for (int i = 0; i < value.size(); i++) {
                schema(value.get(i), path + "/" + i, depth);
            }
        } else if (SCHEMAS.contains(keyword)) {
            schema(value, path, depth);
        } else if (REFUSED.containsKey(keyword)) {
            problems.add(path, "is not supported: " + REFUSED.get(keyword));
        } else if (!isNote(keyword)) {
            simple(keyword, value, path);
        }
    }

    private void simple(String keyword, JsonNode value, String path) {
        if (NUMBERS.contains(keyword)) {
            boolean right =
                    isBounded(value)
                            && (!keyword.equals("multipleOf") || value.decimalValue().signum() > 0);
            var rule =
                    value.isNumber()
                            ? "a number of at most " + MOST_DIGITS + " digits"
                            : "a number";
            require(right, path, keyword.equals("multipleOf") ? "above 0" : rule, value);
        } else if (COUNTS.contains(keyword)) {
            boolean right = value.isNumber() && value.canConvertToInt() && value.intValue() >= 0;
            require(right, path, "a whole number from 0", value);
        } else if (TEXTS.contains(keyword)) {
            require(value.isString(), path, "a string", value);
            requireSayable(value, path);
            format(keyword, value, path);
        } else if (FLAGS.contains(keyword)) {
            require(value.isBoolean(), path, "true or false", value);
        } else if (keyword.equals("type")) {
            require(areTypes(value), path, "one of " + new TreeSet<>(TYPES) + " or a list", value);
        } else if (keyword.equals("required")) {
            boolean right = value.isArray() && value.valueStream().allMatch(JsonNode::isString);
            require(right, path, "a list of names", value);
            requireSayable(value, path);
        } else if (keyword.equals("enum")) {
            require(value.isArray() && !value.isEmpty(), path, "a list of values", value);
            requireSayable(value, path);
        } else if (keyword.equals("const")) {
            requireSayable(value, path);
        } else {
            problems.add(path, "is not a known keyword." + Nearest.hint(keyword, known()));
        }
    }

    private void format(String keyword, JsonNode value, String path) {
        boolean known = JsonFormats.pattern(value.asString("")).isPresent();
        if (keyword.equals("format") && value.isString() && !known) {
            problems.add(
                    path,
                    "'"
                            + value.stringValue()
                            + "' is not supported, these are: "
                            + new TreeSet<>(JsonFormats.names()));
        }
    }

    private static boolean areTypes(JsonNode value) {
        return value.isArray()
                ? !value.isEmpty() && value.valueStream().allMatch(SchemaCheck::isType)
                : isType(value);
    }

    private static boolean isType(JsonNode value) {
        return value.isString() && TYPES.contains(value.stringValue());
    }

    private static Set<String> known() {
        var known = new TreeSet<>(NOTES);
        List.of(MAPS, LISTS, SCHEMAS, NUMBERS, COUNTS, TEXTS, FLAGS).forEach(known::addAll);
        known.addAll(Set.of("type", "required", "enum", "const"));
        return known;
    }

    private static boolean isBounded(JsonNode value) {
        if (!value.isNumber() || (value.isFloatingPointNumber() && !isFinite(value))) {
            return false;
        }
        var number = value.decimalValue();
        return number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
    }

    private static boolean isFinite(JsonNode value) {
        return value.isBigDecimal() || Double.isFinite(value.doubleValue());
    }

    private void requireSayable(JsonNode value, String path) {
        if (value.isString()) {
            requireUnicode(value.stringValue(), path);
        } else if (value.isNumber()) {
            require(isBounded(value), path, "of at most " + MOST_DIGITS + " digits", value);
        }
        value.forEachEntry((name, each) -> requireUnicode(name, path));
        value.forEach(each -> requireSayable(each, path));
    }

    /// JSON can carry halves of surrogate pairs, which no tokenizer can say.
    private void requireUnicode(String text, String path) {
        if (!CodePoints.areWhole(text)) {
            problems.add(
                    path,
                    "must be valid Unicode, got half of a surrogate pair: write the whole character");
        }
    }

    private void require(boolean right, String path, String rule, JsonNode value) {
        if (!right) {
            problems.add(path, "must be " + rule + ", got " + shown(value));
        }
    }

    private static String shown(JsonNode value) {
        var text = value.toString();
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }
}
