package dev.sartor.constrain.schema;

import dev.sartor.constrain.automaton.Automaton;
import dev.sartor.constrain.automaton.CharEncoding;
import dev.sartor.constrain.automaton.RegexParser;
import dev.sartor.core.SartorException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Which of a schema's listed values its other keywords let stand.
final class SchemaValues {
    private static final Set<String> CHECKED =
            Set.of(
                    "enum",
                    "type",
                    "minimum",
                    "maximum",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                    "minLength",
                    "maxLength",
                    "pattern");

    private SchemaValues() {}

    /// @param schema in its plain form, with enum
    static List<JsonNode> of(JsonNode schema) {
        schema.propertyNames().stream()
                .filter(keyword -> !CHECKED.contains(keyword))
                .findFirst()
                .ifPresent(keyword -> {
                    throw SartorException.user(
                            keyword + " beside enum or const is not supported: leave it out");
                });
        var patterns =
                patterns(schema).stream()
                        .map(each -> Automaton.of(RegexParser.anywhere(each, CharEncoding.UTF_8)))
                        .toList();
        return schema.get("enum")
                .valueStream()
                .filter(value -> hasType(schema, value))
                .filter(value -> !value.isNumber() || isInRange(schema, value.decimalValue()))
                .filter(value ->
                        !value.isString() || isRight(schema, value.stringValue(), patterns))
                .toList();
    }

    /// JSON's name for a value's type.
    static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case NUMBER -> "number";
            case OBJECT -> "object";
            case STRING -> "string";
            case BINARY, MISSING, POJO ->
                    throw SartorException.defect("no value of JSON: " + value.getNodeType());
        };
    }

    private static boolean hasType(JsonNode schema, JsonNode value) {
        if (!schema.has("type")) {
            return true;
        }
        var types = SchemaForms.names(schema.get("type"));
        return types.contains(type(value))
                || (types.contains("integer")
                        && value.isNumber()
                        && value.decimalValue().stripTrailingZeros().scale() <= 0);
    }

    private static boolean isInRange(JsonNode schema, BigDecimal value) {
        return compared(schema, "minimum", value) >= 0
                && compared(schema, "exclusiveMinimum", value) > 0
                && compared(schema, "maximum", value.negate()) >= 0
                && compared(schema, "exclusiveMaximum", value.negate()) > 0;
    }

    /// How a number compares with a lower bound, or its negative with an upper bound's; 1 where there is none.
    private static int compared(JsonNode schema, String keyword, BigDecimal value) {
        if (!schema.has(keyword)) {
            return 1;
        }
        var bound = schema.get(keyword).decimalValue();
        boolean upper = keyword.endsWith("aximum");
        return value.compareTo(upper ? bound.negate() : bound);
    }

    private static boolean isRight(JsonNode schema, String text, List<Automaton> patterns) {
        int length = text.codePointCount(0, text.length());
        return length >= schema.path("minLength").asInt(0)
                && length <= schema.path("maxLength").asInt(Integer.MAX_VALUE)
                && patterns.stream()
                        .allMatch(each -> each.takes(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// The schema's patterns: one, or several after a merge.
    static List<String> patterns(JsonNode schema) {
        return schema.has("pattern") ? SchemaForms.names(schema.get("pattern")) : List.of();
    }
}
