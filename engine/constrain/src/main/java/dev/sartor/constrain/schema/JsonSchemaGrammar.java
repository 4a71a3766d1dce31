package dev.sartor.constrain.schema;

import dev.sartor.constrain.automaton.Automaton;
import dev.sartor.constrain.automaton.Expression;
import dev.sartor.constrain.automaton.FormBudget;
import dev.sartor.constrain.automaton.Grammar;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/// Turns a JSON Schema into a grammar whose texts all are valid: properties in the schema's order, further ones only where
/// the schema speaks of them, each schema a rule of its own, so that schemas may refer to themselves.
public final class JsonSchemaGrammar {
    private static final List<String> TYPES =
            List.of("object", "array", "string", "number", "boolean", "null");

    /// How many rules may be open at once.
    private static final int MOST_DEPTH = 1000;

    private final SchemaForms forms;
    private int depth;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Automaton> rules = new ArrayList<>();
    private final JsonStrings strings = new JsonStrings(this);
    private final JsonContainers containers = new JsonContainers(this);

    private JsonSchemaGrammar(JsonNode root) {
        this.forms = new SchemaForms(root);
    }

    /// @throws dev.sartor.core.SartorException a user's error that names what cannot be held
    public static Grammar of(JsonNode schema) {
        SchemaCheck.of(schema);
        var grammar = new JsonSchemaGrammar(schema);
        grammar.value(schema);
        return Grammar.of(grammar.rules);
    }

    /// A call of the rule for a schema's values.
    Expression value(JsonNode schema) {
        var plain = forms.plain(schema);
        if (plain.has("$ref")) {
            // By its name, so that it may be open when it is referred to again.
            var target = plain.get("$ref").stringValue();
            return rule("$ref " + target, () -> value(forms.resolved(target)));
        }
        return rule(plain.toString(), () -> expression(plain));
    }

    /// A call of the rule of this name, which is made where there is none yet.
    Expression rule(String name, Supplier<Expression> made) {
        var known = numbers.get(name);
        if (known != null) {
            return Expression.call(known);
        }
        FormBudget.names(name.length());
        if (++depth > MOST_DEPTH) {
            throw SartorException.user(
                    "the schema is too deep: a value of it leads through more than "
                            + MOST_DEPTH
                            + " others. Use fewer levels of properties, items and $refs");
        }
        int number = rules.size();
        numbers.put(name, number);
        rules.add(Automaton.of(Expression.empty()));
        rules.set(number, Automaton.of(made.get()));
        depth--;
        return Expression.call(number);
    }

    private Expression expression(JsonNode schema) {
        if (schema.isBoolean()) {
            return schema.booleanValue() ? any() : new Expression.Choice(List.of());
        }
        if (schema.has("anyOf")) {
            return branches(schema);
        }
        if (schema.has("enum")) {
            return new Expression.Choice(
                    SchemaValues.of(schema).stream()
                            .map(value -> Expression.literal(Json.line(value)))
                            .toList());
        }
        var types = types(schema);
        return types.isEmpty()
                ? schema.has("type") ? new Expression.Choice(List.of()) : any()
                : new Expression.Choice(types.stream().map(type -> ofType(type, schema)).toList());
    }

    private Expression branches(JsonNode schema) {
        FormBudget.names(schema.toString().length());
        var beside = schema.deepCopy();
        var branches = ((tools.jackson.databind.node.ObjectNode) beside).remove("anyOf");
        var options = new ArrayList<Expression>();
        for (var branch : branches) {
            if (beside.isEmpty()) {
                options.add(value(branch));
            } else {
                var both = Json.mapper().createObjectNode();
                FormBudget.steps(1000);
                both.putArray("allOf").add(branch).add(beside);
                options.add(value(both));
            }
        }
        return new Expression.Choice(options);
    }

    /// The types that are named, or those that the keywords speak of.
    private static List<String> types(JsonNode schema) {
        if (schema.has("type")) {
            var named = SchemaForms.names(schema.get("type"));
            return named.contains("number")
                    ? named.stream().filter(type -> !type.equals("integer")).toList()
                    : named;
        }
        return TYPES.stream()
                .filter(type -> schema.propertyNames().stream().anyMatch(k -> speaksOf(k, type)))
                .toList();
    }

    private static boolean speaksOf(String keyword, String type) {
        return switch (type) {
            case "object" -> keyword.endsWith("roperties") || keyword.equals("required");
            case "array" -> keyword.endsWith("tems");
            case "string" ->
                    List.of("minLength", "maxLength", "pattern", "format").contains(keyword);
            case "number" -> keyword.endsWith("imum") || keyword.equals("multipleOf");
            default -> false;
        };
    }

    private Expression ofType(String type, JsonNode schema) {
        return switch (type) {
            case "object" -> containers.object(schema);
            case "array" -> containers.array(schema);
            case "string" -> strings.of(schema);
            case "number" -> number(schema, false);
            case "integer" -> number(schema, true);
            case "boolean" ->
                    Expression.choice(Expression.literal("true"), Expression.literal("false"));
            default -> Expression.literal("null");
        };
    }

    private Expression number(JsonNode schema, boolean integer) {
        var range = NumberRange.of(schema, integer);
        return range.isFree()
                ? rule(
                        integer ? "integer" : "number",
                        () -> integer ? JsonTexts.integer() : JsonTexts.number())
                : new Expression.Words(NumeralAutomaton.of(range));
    }

    /// The values of a schema that lists them; empty for another.
    List<JsonNode> listed(JsonNode schema) {
        var plain = forms.followed(schema);
        return plain.has("enum") && !plain.has("anyOf")
                ? List.copyOf(new LinkedHashSet<>(SchemaValues.of(plain)))
                : List.of();
    }

    private Expression any() {
        return JsonTexts.any(
                value(BooleanNode.TRUE), strings.any(), rule("number", JsonTexts::number));
    }
}
