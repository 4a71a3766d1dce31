package dev.sartor.constrain.schema;

import dev.sartor.constrain.automaton.FormBudget;
import dev.sartor.core.SartorException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whether schemas exclude each other, as far as their types, values and required properties show.
final class SchemaDisjoint {
    private static final int MOST_DEPTH = 20;
    private static final Set<String> TYPES =
            Set.of("null", "boolean", "object", "array", "number", "string");

    private final SchemaForms forms;

    SchemaDisjoint(SchemaForms forms) {
        this.forms = forms;
    }

    /// @param beside the keywords beside oneOf, which hold for all branches
    /// @throws SartorException a user's error where two branches may both hold
    void check(JsonNode oneOf, ObjectNode beside) {
        for (int i = 0; i < oneOf.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (!areDisjoint(oneOf.get(j), oneOf.get(i), 0)) {
                    throw SartorException.user(
                            "oneOf cannot be held here: branches "
                                    + j
                                    + " and "
                                    + i
                                    + " may both be true of a value"
                                    + (beside.has("type") ? " of type " + beside.get("type") : "")
                                    + ". Use anyOf, or give each branch a required property with a const of"
                                    + " its own");
                }
            }
        }
    }

    private boolean areDisjoint(JsonNode one, JsonNode two, int depth) {
        FormBudget.steps(100);
        if (depth > MOST_DEPTH) {
            return false;
        }
        var first = forms.followed(one);
        var second = forms.followed(two);
        if (first.has("anyOf") || second.has("anyOf")) {
            var branched = first.has("anyOf") ? first : second;
            var other = first.has("anyOf") ? second : first;
            return branched.get("anyOf")
                    .valueStream()
                    .allMatch(each -> areDisjoint(each, other, depth + 1));
        }
        var values = values(first);
        var others = values(second);
        if (values.isPresent() && others.isPresent()) {
            FormBudget.steps(20L * (values.get().size() + others.get().size()));
            return values.get().stream().noneMatch(others.get()::contains);
        }
        var common = new HashSet<>(types(first));
        common.retainAll(types(second));
        return common.isEmpty()
                || (common.equals(Set.of("object")) && differInAProperty(first, second, depth));
    }

    private boolean differInAProperty(JsonNode one, JsonNode two, int depth) {
        return one.path("required")
                .valueStream()
                .filter(name -> two.path("required").valueStream().anyMatch(name::equals))
                .map(JsonNode::stringValue)
                .filter(name ->
                        one.path("properties").has(name) && two.path("properties").has(name))
                .anyMatch(name ->
                        areDisjoint(
                                one.get("properties").get(name),
                                two.get("properties").get(name),
                                depth + 1));
    }

    private static Optional<Set<JsonNode>> values(JsonNode schema) {
        return schema.has("enum")
                ? Optional.of(schema.get("enum").valueStream().collect(Collectors.toSet()))
                : Optional.empty();
    }

    private static Set<String> types(JsonNode schema) {
        if (schema.isBoolean()) {
            return schema.booleanValue() ? TYPES : Set.of();
        }
        if (schema.has("enum")) {
            return schema.get("enum")
                    .valueStream()
                    .map(SchemaValues::type)
                    .collect(Collectors.toSet());
        }
        if (!schema.has("type")) {
            return TYPES;
        }
        return SchemaForms.names(schema.get("type")).stream()
                .map(type -> type.equals("integer") ? "number" : type)
                .collect(Collectors.toSet());
    }
}
