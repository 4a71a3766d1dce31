package dev.sartor.jobs;

import dev.sartor.core.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads one line of a training file as OpenAI has it, and writes it as `sartor tune` reads it. What would be ignored is refused.
final class RowCheck {
    private static final ObjectReader STRICT =
            Json.mapper().reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant");
    private static final int SHOWN = 60;

    private final List<String> problems = new ArrayList<>();

    private RowCheck() {}

    /// @param row as it is trained; empty where there is a problem
    record Read(Optional<ObjectNode> row, List<String> problems) {}

    /// @param isPreference whether it is a preference, or a conversation to learn
    static Read of(String line, boolean isPreference) {
        var check = new RowCheck();
        Optional<ObjectNode> row = Optional.empty();
        try {
            var node = STRICT.readTree(line);
            row = isPreference ? check.preference(node) : check.conversation(node);
        } catch (JacksonException e) {
            check.problems.add("it is not valid JSON: " + e.getOriginalMessage());
        }
        return new Read(check.problems.isEmpty() ? row : Optional.empty(), check.problems);
    }

    private Optional<ObjectNode> conversation(JsonNode node) {
        if (!has(node, "", Set.of("messages"))) {
            return Optional.empty();
        }
        var turns = turns(node.path("messages"), "messages");
        if (!endsWith(turns, "assistant")) {
            problems.add("messages must end with the assistant's turn: there is nothing to learn");
        } else if (turns.size() < 2
                || !turns.get(turns.size() - 2).path("role").asString("").equals("user")) {
            problems.add("messages before the last answer must end with the user's turn");
        }
        var row = Json.mapper().createObjectNode();
        row.set("messages", turns);
        return Optional.of(row);
    }

    private Optional<ObjectNode> preference(JsonNode node) {
        if (!has(node, "", Set.of("input", "preferred_output", "non_preferred_output"))
                || !has(node.path("input"), "input.", Set.of("messages"))) {
            return Optional.empty();
        }
        var prompt = turns(node.path("input").path("messages"), "input.messages");
        if (!endsWith(prompt, "user")) {
            problems.add("input.messages must end with the user's turn");
        }
        var better = answer(node.path("preferred_output"), "preferred_output");
        var worse = answer(node.path("non_preferred_output"), "non_preferred_output");
        if (better.equals(worse)) {
            problems.add(
                    "preferred_output and non_preferred_output are the same: nothing is better");
        }
        var row = Json.mapper().createObjectNode();
        row.set("prompt", prompt);
        row.put("chosen", better).put("rejected", worse);
        return Optional.of(row);
    }

    private String answer(JsonNode list, String path) {
        var turns = turns(list, path);
        if (turns.size() != 1 || !endsWith(turns, "assistant")) {
            problems.add(path + " must be one turn of the assistant");
            return path;
        }
        return turns.get(0).path("content").asString("");
    }

    private static boolean endsWith(ArrayNode turns, String role) {
        return !turns.isEmpty()
                && turns.get(turns.size() - 1).path("role").asString("").equals(role);
    }

    /// Whether it is an object of these fields, which all must be there.
    private boolean has(JsonNode node, String path, Set<String> fields) {
        if (!node.isObject()) {
            problems.add(
                    (path.isEmpty() ? "the line" : path.replaceFirst("\\.$", ""))
                            + " must be an object");
            return false;
        }
        fields.stream()
                .filter(name -> !node.has(name))
                .sorted()
                .forEach(name -> problems.add(path + name + " is missing"));
        refuseOthers(node, path, fields);
        return fields.stream().allMatch(node::has);
    }

    private void refuseOthers(JsonNode node, String path, Set<String> known) {
        node.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .limit(5)
                .forEach(name ->
                        problems.add(path + shown(name) + " is not supported here: leave it out"));
    }

    private ArrayNode turns(JsonNode list, String path) {
        var turns = Json.mapper().createArrayNode();
        if (!list.isArray() || list.isEmpty()) {
            problems.add(path + " must be a list of at least one message");
            return turns;
        }
        for (int i = 0; i < list.size() && problems.size() < 20; i++) {
            turn(list.get(i), path + "[" + i + "]").ifPresent(turns::add);
        }
        return turns;
    }

    private Optional<ObjectNode> turn(JsonNode turn, String path) {
        if (!turn.isObject()) {
            problems.add(path + " must be an object with role and content");
            return Optional.empty();
        }
        var role = turn.path("role").asString("");
        if (!ROLES.contains(role)) {
            problems.add(
                    path
                            + ".role must be system, developer, user or assistant, got '"
                            + shown(role)
                            + "'");
        }
        var weight = turn.path("weight");
        if (!weight.isMissingNode() && !(weight.isNumber() && weight.doubleValue() == 1)) {
            problems.add(path + ".weight must be 1: all of the assistant's turns are learned");
        }
        refuseOthers(turn, path + ".", Set.of("role", "content", "weight"));
        return content(turn.path("content"), path + ".content")
                .map(text ->
                        Json.mapper()
                                .createObjectNode()
                                .put("role", role.equals("developer") ? "system" : role)
                                .put("content", text));
    }

    private Optional<String> content(JsonNode content, String path) {
        var parts = new ArrayList<String>();
        if (content.isString()) {
            parts.add(content.stringValue());
        }
        for (var part : content.isArray() ? content : Json.mapper().createArrayNode()) {
            if (part.path("type").asString("").equals("text") && part.path("text").isString()) {
                parts.add(part.path("text").stringValue());
            } else {
                problems.add(path + " must have parts of text alone");
            }
        }
        var text = String.join("\n", parts);
        if (text.isBlank()) {
            problems.add(path + " must be a text, or a list of parts of text, that is not empty");
            return Optional.empty();
        }
        if (text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
            problems.add(path + " must be valid Unicode");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private static String shown(String text) {
        return text.length() > SHOWN
                ? text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, SHOWN) - 1))
                        + "…"
                : text;
    }
}
