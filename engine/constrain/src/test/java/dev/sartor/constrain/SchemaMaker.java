package dev.sartor.constrain;

import dev.sartor.constrain.schema.JsonFormats;
import dev.sartor.core.Json;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Random schemas that can be fulfilled.
public final class SchemaMaker {
    private static final List<String> NAMES =
            List.of("id", "name", "type", "value", "äöü", "a b", "items", "count", "note", "x");
    private static final List<String> PATTERNS =
            List.of(
                    "^[a-f0-9]{4}$",
                    "^(yes|no|maybe)$",
                    "[0-9]",
                    "^\\w+( \\w+)*$",
                    "^.{2,5}$",
                    "^[^a-z]*$",
                    "^\\S+\\s\\S+$",
                    "(ab|cd)+e?$");

    private final SplittableRandom random;

    public SchemaMaker(long seed) {
        this.random = new SplittableRandom(seed);
    }

    public JsonNode schema(int depth) {
        return switch (random.nextInt(depth > 0 ? 13 : 8)) {
            case 0 -> object("boolean");
            case 1, 2 -> string();
            case 3, 4 -> integer();
            case 5 -> number();
            case 6 -> values();
            case 7 -> object("null");
            case 8, 9, 10 -> properties(depth - 1);
            case 11 -> array(depth - 1);
            default -> union(depth - 1);
        };
    }

    private static ObjectNode object(String type) {
        return Json.mapper().createObjectNode().put("type", type);
    }

    private ObjectNode string() {
        var schema = object("string");
        switch (random.nextInt(4)) {
            case 0 -> {
                int least = random.nextInt(90);
                schema.put("minLength", least).put("maxLength", least + random.nextInt(90));
            }
            case 1 -> schema.put("pattern", PATTERNS.get(random.nextInt(PATTERNS.size())));
            case 2 -> {
                var formats = JsonFormats.names().stream().sorted().toList();
                schema.put("format", formats.get(random.nextInt(formats.size())));
            }
            default -> {}
        }
        return schema;
    }

    private ObjectNode integer() {
        var schema = object("integer");
        long low = random.nextLong(-100_000, 100_000) / (long) Math.pow(10, random.nextInt(5));
        if (random.nextBoolean()) {
            schema.put(random.nextBoolean() ? "minimum" : "exclusiveMinimum", low);
        }
        if (random.nextBoolean()) {
            schema.put("maximum", low + 40 + random.nextInt(1000));
        }
        if (random.nextInt(3) == 0) {
            schema.put("multipleOf", 1 + random.nextInt(20));
        }
        return schema;
    }

    private ObjectNode number() {
        var schema = object("number");
        int low = random.nextInt(-10_000, 10_000);
        if (random.nextBoolean()) {
            schema.put(random.nextBoolean() ? "minimum" : "exclusiveMinimum", low / 100.0);
        }
        if (random.nextBoolean()) {
            schema.put(
                    random.nextBoolean() ? "maximum" : "exclusiveMaximum",
                    (low + 1 + random.nextInt(2000)) / 100.0);
        }
        return schema;
    }

    private ObjectNode values() {
        var schema = Json.mapper().createObjectNode();
        var values = schema.putArray("enum");
        for (int i = 0; i <= random.nextInt(5); i++) {
            values.add(NAMES.get(random.nextInt(NAMES.size())) + i).add(random.nextInt(100));
        }
        return schema;
    }

    private ObjectNode properties(int depth) {
        var schema = object("object");
        var properties = schema.putObject("properties");
        var required = Json.mapper().createArrayNode();
        for (int i = 0; i <= random.nextInt(5); i++) {
            var name = NAMES.get(random.nextInt(NAMES.size()));
            properties.set(name, schema(depth));
            if (random.nextBoolean()) {
                required.add(name);
            }
        }
        schema.set("required", required);
        switch (random.nextInt(4)) {
            case 0 -> schema.put("additionalProperties", false);
            case 1 -> schema.put("additionalProperties", true);
            case 2 -> schema.set("additionalProperties", integer());
            default -> {}
        }
        return schema;
    }

    private ObjectNode array(int depth) {
        var schema = object("array");
        schema.set("items", schema(depth));
        int least = random.nextInt(3);
        if (random.nextBoolean()) {
            schema.put("minItems", least);
        }
        if (random.nextBoolean()) {
            schema.put("maxItems", least + random.nextInt(4));
        }
        if (random.nextInt(3) == 0) {
            schema.putArray("prefixItems").add(schema(depth)).add(schema(0));
        }
        return schema;
    }

    private ObjectNode union(int depth) {
        var schema = Json.mapper().createObjectNode();
        var branches = schema.putArray("anyOf");
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            branches.add(schema(depth));
        }
        return schema;
    }
}
