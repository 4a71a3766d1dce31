package dev.sartor.data.row;

import dev.sartor.core.Origin;
import dev.sartor.core.Problems;
import dev.sartor.core.text.Nearest;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One row under reading; remembers whether anything was wrong with it.
public final class Row {
    private final Origin origin;
    private final JsonNode fields;
    private final Problems problems;
    private boolean sound = true;
    private boolean isNumber;

    public Row(Origin origin, JsonNode fields, Problems problems) {
        this.origin = origin;
        this.fields = fields;
        this.problems = problems;
    }

    public Origin origin() {
        return origin;
    }

    public JsonNode fields() {
        return fields;
    }

    public boolean isSound() {
        return sound;
    }

    /// Whether a number, true or false stood for a text.
    public boolean hasNumberForText() {
        return isNumber;
    }

    public void problem(String what) {
        sound = false;
        problems.add(origin.toString(), what);
    }

    public List<String> names() {
        return List.copyOf(fields.propertyNames());
    }

    /// The field's value; JSON's null counts as absent.
    public Optional<JsonNode> value(String field) {
        return Optional.ofNullable(fields.get(field)).filter(value -> !value.isNull());
    }

    /// Whether the row has the field at all, be its value null or blank.
    boolean has(String field) {
        return fields.has(field);
    }

    /// The field's value, or the problem that it is missing.
    public Optional<JsonNode> needed(String field) {
        var value = value(field);
        if (value.isEmpty()) {
            problem(
                    fields.has(field)
                            ? "'" + field + "' is null: give it a value, or leave the row out."
                            : lacks(field, names()));
        }
        return value;
    }

    /// The text of a field that must hold some; numbers and true/false count as their JSON text.
    public Optional<String> neededText(String field) {
        return needed(field).flatMap(value -> text(value, "'" + field + "'"));
    }

    /// The name in a field that must hold one, for which a number is as good as a text.
    public Optional<String> neededName(String field) {
        return needed(field).flatMap(value -> name(value, "'" + field + "'"));
    }

    /// The text of a value, or the problem with it.
    ///
    /// @param what the value's name in the problem
    public Optional<String> text(JsonNode value, String what) {
        isNumber |= value.isNumber() || value.isBoolean();
        return name(value, what);
    }

    /// A value that names something, such as an id or a label, or the problem with it.
    public Optional<String> name(JsonNode value, String what) {
        if (value.isNull()) {
            problem(what + " is null: give it a value, or leave the row out.");
            return Optional.empty();
        }
        if (value.isContainer()) {
            problem(what + " must be a text, got " + Quoted.of(value.toString()) + ".");
            return Optional.empty();
        }
        var text = value.isString() ? value.stringValue() : value.toString();
        if (text.isBlank()) {
            problem(what + " is empty.");
            return Optional.empty();
        }
        if (hasLoneSurrogate(text)) {
            problem(what + " holds half of a surrogate pair, which no UTF-8 text can hold.");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    public static String lacks(String field, List<String> names) {
        return "lacks '"
                + field
                + "'; it has "
                + (names.isEmpty() ? "no field at all" : String.join(", ", names))
                + "."
                + Nearest.hint(field, names);
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }
}
