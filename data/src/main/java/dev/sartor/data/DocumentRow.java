package dev.sartor.data;

import java.util.List;
import java.util.Optional;

/// A row that is a document.
///
/// @param id unique within its file
/// @param title empty where it has none
/// @param text empty at most in a row of a BEIR collection
public record DocumentRow(String id, String title, String text) {
    static Optional<DocumentRow> read(Row row, DocumentColumns columns) {
        var id =
                first(row, columns.id())
                        .flatMap(field -> row.neededText(field))
                        .orElseGet(() -> String.valueOf(row.origin().line()));
        var title = first(row, columns.title()).flatMap(field -> text(row, field)).orElse("");
        var field = first(row, columns.text()).orElse(columns.text().getFirst());
        return row.neededText(field).map(text -> new DocumentRow(id, title, text));
    }

    /// A row `{"_id", "title", "text"}` of a BEIR collection. Its text may be blank: FiQA's corpus has such documents.
    static Optional<DocumentRow> readBeir(Row row) {
        var id = row.neededText("_id");
        var text = row.needed("text").flatMap(_ -> text(row, "text"));
        return id.map(
                found -> new DocumentRow(found, text(row, "title").orElse(""), text.orElse("")));
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
