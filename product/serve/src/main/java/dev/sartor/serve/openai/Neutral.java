package dev.sartor.serve.openai;

import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/// Values of parameters that leave an answer as it would be without them.
public final class Neutral {
    private Neutral() {}

    public static boolean isFalse(JsonNode node) {
        return node.isBoolean() && !node.booleanValue();
    }

    public static boolean isEmpty(JsonNode node) {
        return node.isContainer() && node.isEmpty();
    }

    public static boolean is(JsonNode node, String... texts) {
        return node.isString() && Arrays.asList(texts).contains(node.stringValue());
    }

    public static boolean isTextOnly(JsonNode node) {
        return node.isArray() && node.size() == 1 && is(node.get(0), "text");
    }
}
