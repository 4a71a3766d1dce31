package dev.sartor.suite.file;

import dev.sartor.core.Origin;
import dev.sartor.core.text.Nearest;
import dev.sartor.data.ObjectRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A benchmark's row under reading. A field within a structure is named with a dot, such as `choices.text`. What is not as the task
/// needs it is refused by {@link RowRefused}.
public final class BenchmarkRow {
    private static final int MOST_SHOWN = 80;

    private final ObjectRow row;
    private final Dataset dataset;

    /// @param dataset whose row it is
    public BenchmarkRow(ObjectRow row, Dataset dataset) {
        this.row = row;
        this.dataset = dataset;
    }

    public Origin origin() {
        return row.origin();
    }

    /// The whole row: two rows are the same where all of their fields are.
    public JsonNode fields() {
        return row.fields();
    }

    /// A text, perhaps an empty one.
    public String text(String field) {
        return text(field, value(field));
    }

    private String text(String field, JsonNode value) {
        if (!value.isString()) {
            throw refused(field, "a text", value);
        }
        return value.stringValue();
    }

    public List<String> texts(String field) {
        var texts = new ArrayList<String>();
        elements(field).forEach(each -> texts.add(text(field, each)));
        return texts;
    }

    /// A list of 0 and 1.
    public List<Boolean> flags(String field) {
        var flags = new ArrayList<Boolean>();
        for (var each : elements(field)) {
            if (!each.isIntegralNumber() || each.asInt() < 0 || each.asInt() > 1) {
                throw refused(field, "a list of 0 and 1", each);
            }
            flags.add(each.asInt() == 1);
        }
        return flags;
    }

    /// A place in a list: a number, that number as a text, or true and false for 1 and 0.
    ///
    /// @param count elements of the list
    public int place(String field, int count) {
        var value = value(field);
        var text = value.isString() ? value.stringValue().strip() : value.toString();
        int place =
                value.isBoolean()
                        ? (value.booleanValue() ? 1 : 0)
                        : text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
        if (place < 0 || place >= count) {
            throw refused(
                    field,
                    "0 to " + (count - 1) + " (a split whose answers are withheld has none)",
                    value);
        }
        return place;
    }

    /// What to throw where a field is wrong; the row is then named with its file and line.
    ///
    /// @param rule what the field must be
    public RuntimeException refused(String field, String rule, Object got) {
        return new RowRefused(
                "'"
                        + field
                        + "' must be "
                        + rule
                        + ", got "
                        + shown(got)
                        + ": "
                        + dataset.advice());
    }

    private static String shown(Object got) {
        var text = got.toString();
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }

    private Iterable<JsonNode> elements(String field) {
        var value = value(field);
        if (!value.isArray() || value.isEmpty()) {
            throw refused(field, "a list with something in it", value);
        }
        return value.values();
    }

    private JsonNode value(String field) {
        var value = row.fields();
        for (var name : field.split("\\.", -1)) {
            value = value.path(name);
        }
        if (value.isMissingNode() || value.isNull()) {
            throw new RowRefused(
                    "lacks '"
                            + field
                            + "'; it has "
                            + row.fields().propertyNames().stream()
                                    .collect(Collectors.joining(", "))
                            + "."
                            + Nearest.hint(field, row.fields().propertyNames())
                            + " "
                            + dataset.advice());
        }
        return value;
    }
}
