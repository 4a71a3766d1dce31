package dev.sartor.constrain.schema;

import dev.sartor.constrain.automaton.FormBudget;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Brings schemas of one document into a plainer form: without notes, const, nullable, oneOf and allOf, and with no `$ref`
/// beside other keywords.
final class SchemaForms {
    private static final int MOST_STEPS = 200;

    private final JsonNode root;
    private final SchemaMerge merge = new SchemaMerge(this);
    private int depth;

    SchemaForms(JsonNode root) {
        this.root = root;
    }

    /// @return a boolean, an object with `$ref` alone, or an object of the keywords that are left
    JsonNode plain(JsonNode schema) {
        if (!schema.isObject()) {
            return schema;
        }
        if (++depth > MOST_STEPS) {
            throw SartorException.user(
                    "the schema refers to itself within allOf, or beside a $ref: put the $ref under"
                            + " properties or items");
        }
        try {
            return plain((ObjectNode) schema);
        } finally {
            depth--;
        }
    }

    private JsonNode plain(ObjectNode schema) {
        FormBudget.steps(100L + 20L * schema.size());
        var own = Json.mapper().createObjectNode();
        schema.forEachEntry((keyword, value) -> {
            if (!SchemaCheck.isNote(keyword) && !isSaidOtherwise(keyword, value)) {
                own.set(keyword, value);
            }
        });
        replaceConst(own);
        replaceNullable(own);
        var others = new ArrayList<JsonNode>();
        var oneOf = own.remove("oneOf");
        if (oneOf != null) {
            new SchemaDisjoint(this).check(oneOf, own);
            others.add(Json.mapper().createObjectNode().set("anyOf", oneOf));
        }
        if (own.has("$ref") && (own.size() > 1 || !others.isEmpty())) {
            others.add(resolved(own.remove("$ref").stringValue()));
        }
        var allOf = own.remove("allOf");
        if (allOf != null) {
            allOf.forEach(others::add);
        }
        return others.isEmpty() ? own : merge.all(own, others);
    }

    private static boolean isSaidOtherwise(String keyword, JsonNode value) {
        return keyword.equals("$defs")
                || keyword.equals("definitions")
                || (keyword.equals("uniqueItems") && !value.booleanValue());
    }

    private static void replaceConst(ObjectNode own) {
        var value = own.remove("const");
        if (value != null) {
            var only = Json.mapper().createArrayNode().add(value);
            own.set("enum", own.has("enum") ? SchemaMerge.common(own.get("enum"), only) : only);
        }
    }

    private static void replaceNullable(ObjectNode own) {
        var nullable = own.remove("nullable");
        if (nullable != null && nullable.booleanValue() && own.has("type")) {
            var types = new TreeSet<String>();
            types.addAll(names(own.get("type")));
            types.add("null");
            own.set("type", Json.mapper().valueToTree(types));
            if (own.get("enum") instanceof tools.jackson.databind.node.ArrayNode values) {
                own.set("enum", values.deepCopy().addNull());
            }
        }
    }

    /// A name, or a list of names.
    static List<String> names(JsonNode node) {
        return node.isArray()
                ? node.valueStream().map(JsonNode::stringValue).toList()
                : List.of(node.stringValue());
    }

    /// The schema that a `$ref` names.
    JsonNode resolved(String reference) {
        if (!reference.equals("#") && !reference.startsWith("#/")) {
            throw SartorException.user(
                    "$ref '"
                            + reference
                            + "' leads out of the schema or to an anchor: refer to #/$defs/…");
        }
        var pointer =
                java.net.URLDecoder.decode(
                        reference.substring(1).replace("+", "%2B"),
                        java.nio.charset.StandardCharsets.UTF_8);
        var found = root.at(JsonPointer.compile(pointer));
        if (found.isMissingNode()) {
            throw SartorException.user(
                    "$ref '" + reference + "' names nothing: define it under $defs");
        }
        return found;
    }

    /// The plain form of what a schema refers to, through any number of references.
    JsonNode followed(JsonNode schema) {
        var at = plain(schema);
        for (int i = 0; at.has("$ref"); i++) {
            if (i > MOST_STEPS) {
                throw SartorException.user("the schema's $refs lead round in a circle");
            }
            at = plain(resolved(at.get("$ref").stringValue()));
        }
        return at;
    }
}
