package dev.sartor.data;

import dev.sartor.data.row.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A row that is a document.
///
/// @param id unique within its file
/// @param title empty where it has none
/// @param text empty at most in a row of a BEIR collection
/// @param metadata the short values of the row's other fields, and of those of an object `metadata`, by their names
public record DocumentRow(
        String id, String title, String text, Map<String, List<String>> metadata) {
    /// In characters: a longer value is a text of its own.
    private static final int LONGEST_VALUE = 256;

    private static final String METADATA = "metadata";

    public DocumentRow {
        metadata = Map.copyOf(metadata);
    }

    /// With no other fields.
    public DocumentRow(String id, String title, String text) {
        this(id, title, text, Map.of());
    }

    static Optional<DocumentRow> read(Row row, DocumentColumns columns) {
        var id =
                first(row, columns.id())
                        .flatMap(field -> row.neededText(field))
                        .orElseGet(() -> String.valueOf(row.origin().line()));
        var title = first(row, columns.title()).flatMap(field -> text(row, field)).orElse("");
        var field = first(row, columns.text()).orElse(columns.text().getFirst());
        var others =
                metadata(
                        row,
                        Stream.of(columns.id(), columns.title(), columns.text())
                                .flatMap(names -> first(row, names).stream())
                                .collect(Collectors.toSet()));
        return row.neededText(field).map(text -> new DocumentRow(id, title, text, others));
    }

    /// A row `{"_id", "title", "text"}` of a BEIR collection. Its text may be blank: FiQA's corpus has such documents.
    static Optional<DocumentRow> readBeir(Row row) {
        var id = row.neededText("_id");
        var text = row.needed("text").flatMap(_ -> text(row, "text"));
        return id.map(
                found -> new DocumentRow(found, text(row, "title").orElse(""), text.orElse("")));
    }

    /// @param used fields that are no metadata
    private static Map<String, List<String>> metadata(Row row, Set<String> used) {
        var all = new HashMap<String, List<String>>();
        for (var name : row.names()) {
            if (used.contains(name) || row.value(name).isEmpty()) {
                continue;
            }
            var value = row.value(name).get();
            if (name.equals(METADATA) && value.isObject()) {
                value.properties().forEach(each -> add(all, row, each.getKey(), each.getValue()));
            } else {
                add(all, row, name, value);
            }
        }
        return all;
    }

    /// A list has several values.
    private static void add(Map<String, List<String>> all, Row row, String name, JsonNode value) {
        var values = new ArrayList<String>();
        for (var each : value.isArray() ? value.values() : List.of(value)) {
            boolean isBlank = each.isNull() || (each.isString() && each.stringValue().isBlank());
            if (!isBlank && !each.isContainer()) {
                row.text(each, "'" + name + "'")
                        .filter(text -> text.length() <= LONGEST_VALUE)
                        .ifPresent(values::add);
            }
        }
        boolean isName = !name.isBlank() && name.length() <= LONGEST_VALUE && name.indexOf(0) < 0;
        if (isName && !values.isEmpty()) {
            all.put(name, List.copyOf(values));
        }
    }

    private static Optional<String> first(Row row, List<String> fields) {
        return fields.stream().filter(field -> row.value(field).isPresent()).findFirst();
    }

    /// Blank where the field is.
    private static Optional<String> text(Row row, String field) {
        return row.value(field)
                .filter(value -> !(value.isString() && value.stringValue().isBlank()))
                .flatMap(value -> row.text(value, "'" + field + "'"));
    }
}
