package dev.sartor.constrain.schema;

import dev.sartor.constrain.automaton.Automaton;
import dev.sartor.constrain.automaton.Expression;
import dev.sartor.constrain.automaton.FormBudget;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/// Objects and arrays as a schema wants them.
final class JsonContainers {
    private static final int UNBOUNDED = Expression.Repetition.UNBOUNDED;
    private static final int MOST_UNIQUE = 8;

    private final JsonSchemaGrammar grammar;

    JsonContainers(JsonSchemaGrammar grammar) {
        this.grammar = grammar;
    }

    Expression object(JsonNode schema) {
        var properties = schema.path("properties");
        var required = new LinkedHashSet<String>();
        schema.path("required").forEach(name -> required.add(name.stringValue()));
        var names = new LinkedHashSet<String>(properties.propertyNames());
        names.addAll(required);
        var more = more(schema, names);
        if (names.isEmpty()) {
            return JsonTexts.object(map(schema, more));
        }
        refuseCounts(schema, required.size(), more.isPresent() ? UNBOUNDED : names.size());
        var members = new ArrayList<Expression.Member>();
        for (var name : names) {
            var value = properties.has(name) ? properties.get(name) : extra(schema);
            boolean isRequired = required.contains(name);
            if (isRequired || !value.equals(BooleanNode.FALSE)) {
                members.add(
                        new Expression.Member(
                                JsonTexts.member(key(name), grammar.value(value)), isRequired));
            }
        }
        return JsonTexts.object(new Expression.Members(members, JsonTexts.COMMA, more));
    }

    private static Expression key(String name) {
        FormBudget.steps(20L + name.length());
        return Expression.literal(Json.line(name));
    }

    /// What a property that is not named may be.
    private static JsonNode extra(JsonNode schema) {
        return schema.has("additionalProperties")
                ? schema.get("additionalProperties")
                : BooleanNode.TRUE;
    }

    /// A property that is not named, where there may be any: with properties only if additionalProperties says so.
    private Optional<Expression> more(JsonNode schema, Set<String> names) {
        var extra = extra(schema);
        boolean isSaid = schema.has("additionalProperties") || names.isEmpty();
        if (!isSaid || extra.equals(BooleanNode.FALSE)) {
            return Optional.empty();
        }
        return Optional.of(JsonTexts.member(otherKey(names), grammar.value(extra)));
    }

    private Expression otherKey(Set<String> names) {
        return grammar.rule(
                "key but " + names,
                () -> {
                    var all = Automaton.of(JsonTexts.string(0, UNBOUNDED));
                    var named =
                            new Expression.Choice(names.stream().map(JsonContainers::key).toList());
                    return new Expression.Words(all.minus(Automaton.of(named)));
                });
    }

    private static Expression map(JsonNode schema, Optional<Expression> more) {
        int least = schema.path("minProperties").asInt(0);
        int most = schema.path("maxProperties").asInt(UNBOUNDED);
        if (least > 1) {
            throw refused("minProperties", "above 1: the names might be the same");
        }
        if (more.isEmpty()) {
            return least == 0 ? Expression.empty() : new Expression.Choice(List.of());
        }
        return JsonTexts.list(more.get(), least, most);
    }

    private static void refuseCounts(JsonNode schema, int least, int most) {
        if (schema.path("minProperties").asInt(0) > least) {
            throw refused("minProperties", "above the number of required properties");
        }
        int limit = schema.path("maxProperties").asInt(Integer.MAX_VALUE);
        if (most == UNBOUNDED ? limit < Integer.MAX_VALUE : limit < most) {
            throw refused("maxProperties", "below the number of properties that there may be");
        }
    }

    private static SartorException refused(String keyword, String what) {
        return SartorException.user(
                keyword + " is not supported " + what + ". Say which properties are required");
    }

    Expression array(JsonNode schema) {
        int least = schema.path("minItems").asInt(0);
        int most = schema.path("maxItems").asInt(UNBOUNDED);
        if (most != UNBOUNDED && most < least) {
            return new Expression.Choice(List.of());
        }
        if (schema.has("uniqueItems") && (most == UNBOUNDED || most > 1)) {
            return JsonTexts.array(unique(schema, least, most));
        }
        var prefix = new ArrayList<JsonNode>();
        schema.path("prefixItems").forEach(prefix::add);
        boolean isOpen = schema.has("items") || prefix.isEmpty() || least > prefix.size();
        var items = schema.has("items") ? schema.get("items") : BooleanNode.TRUE;
        if (items.equals(BooleanNode.FALSE) || !isOpen) {
            most = most == UNBOUNDED ? prefix.size() : Math.min(most, prefix.size());
        }
        return JsonTexts.array(elements(prefix, items, least, most));
    }

    /// From the last place to the first: what may come after so many elements.
    private Expression elements(List<JsonNode> prefix, JsonNode items, int least, int most) {
        int fixed = most == UNBOUNDED ? prefix.size() : Math.min(prefix.size(), most);
        if (most != UNBOUNDED && most < least) {
            return new Expression.Choice(List.of());
        }
        if (fixed == 0) {
            return most == 0
                    ? Expression.empty()
                    : JsonTexts.list(grammar.value(items), least, most);
        }
        var after =
                most == fixed
                        ? Expression.empty()
                        : new Expression.Repetition(
                                Expression.sequence(JsonTexts.COMMA, grammar.value(items)),
                                Math.max(0, least - fixed),
                                most == UNBOUNDED ? UNBOUNDED : most - fixed);
        for (int i = fixed - 1; i >= 0; i--) {
            var element = grammar.value(prefix.get(i));
            var some =
                    i == 0
                            ? Expression.sequence(element, after)
                            : Expression.sequence(JsonTexts.COMMA, element, after);
            after = i < least ? some : Expression.optional(some);
        }
        return after;
    }

    /// Arrays of listed values, none of them twice: a rule for each set of values that are left.
    private Expression unique(JsonNode schema, int least, int most) {
        var values = grammar.listed(schema.path("items"));
        if (values.isEmpty() || values.size() > MOST_UNIQUE || schema.has("prefixItems")) {
            throw SartorException.user(
                    "uniqueItems is supported for items with an enum of up to "
                            + MOST_UNIQUE
                            + " values only: leave it out, or list the values");
        }
        int limit = most == UNBOUNDED ? values.size() : Math.min(most, values.size());
        return least > limit ? new Expression.Choice(List.of()) : unique(values, 0, least, limit);
    }

    private Expression unique(List<JsonNode> values, int used, int least, int most) {
        int count = Integer.bitCount(used);
        return grammar.rule(
                "unique " + values + " " + used + " " + least + " " + most,
                () -> {
                    var options = new ArrayList<Expression>();
                    if (count >= least) {
                        options.add(Expression.empty());
                    }
                    for (int i = 0; i < values.size() && count < most; i++) {
                        int after = used | (1 << i);
                        if (after != used) {
                            options.add(
                                    Expression.sequence(
                                            count == 0 ? Expression.empty() : JsonTexts.COMMA,
                                            Expression.literal(Json.line(values.get(i))),
                                            unique(values, after, least, most)));
                        }
                    }
                    return new Expression.Choice(options);
                });
    }
}
