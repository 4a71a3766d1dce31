package dev.sartor.curate.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which of a row's fields are its text and its label. Where nothing is said, the usual names count.
///
/// @param text the field of the text; empty for the first of the usual ones that a row has
/// @param label likewise
public record RowColumns(Optional<String> text, Optional<String> label) {
    private static final List<String> TEXTS =
            List.of(
                    "text",
                    "content",
                    "message",
                    "sentence",
                    "question",
                    "query",
                    "prompt",
                    "body");
    private static final List<String> ANSWERS =
            List.of("completion", "answer", "response", "output");
    private static final List<String> LABELS = List.of("label", "category", "class", "intent");

    private static final String MESSAGES = "messages";

    /// Nothing is said.
    public static RowColumns usual() {
        return new RowColumns(Optional.empty(), Optional.empty());
    }

    /// What steps look at: the named field, else a chat's contents, else the first usual field with the answer that stands beside it,
    /// else all texts of the row, a line for each. Empty where the row has none.
    public String text(ObjectNode fields) {
        if (text.isPresent()) {
            return plain(fields.get(text.get()));
        }
        if (fields.path(MESSAGES).isArray()) {
            return chat(fields.get(MESSAGES));
        }
        var parts = new ArrayList<String>();
        first(fields, TEXTS).ifPresent(name -> parts.add(plain(fields.get(name))));
        if (!parts.isEmpty()) {
            first(fields, ANSWERS).ifPresent(name -> parts.add(plain(fields.get(name))));
            return String.join("\n", parts);
        }
        fields.properties().stream()
                .filter(each -> each.getValue().isString() && !isLabel(each.getKey()))
                .forEach(each -> parts.add(each.getValue().stringValue()));
        return String.join("\n", parts);
    }

    /// Empty where the row has none, or a blank one.
    public Optional<String> label(ObjectNode fields) {
        return label.or(() -> first(fields, LABELS))
                .map(fields::get)
                .filter(value -> value.isString() || value.isNumber() || value.isBoolean())
                .map(RowColumns::plain)
                .filter(value -> !value.isBlank());
    }

    /// Whether the field's value names the row's class, so that a step must leave it as it stands.
    public boolean isLabel(String name) {
        return label.map(name::equals).orElseGet(() -> LABELS.contains(name));
    }

    private static Optional<String> first(ObjectNode fields, List<String> names) {
        return names.stream()
                .filter(name -> fields.path(name).isString() || fields.path(name).isArray())
                .findFirst();
    }

    private static String chat(JsonNode messages) {
        var parts = new ArrayList<String>();
        for (var message : messages) {
            parts.add(plain(message.path("content")));
        }
        return String.join("\n", parts);
    }

    private static String plain(JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return "";
        }
        if (value.isArray() && !value.isEmpty() && value.get(0).has("content")) {
            return chat(value);
        }
        return value.isString() ? value.stringValue() : value.toString();
    }
}
