package dev.sartor.data;

import java.util.List;

/// In which columns, or fields, a row's document stands. Of several names the first that the row has counts.
///
/// @param id names the document; the row's line does where there is none
/// @param title may be missing
public record DocumentColumns(List<String> id, List<String> title, List<String> text) {
    public DocumentColumns {
        id = List.copyOf(id);
        title = List.copyOf(title);
        text = List.copyOf(text);
    }

    /// As BEIR's corpora and most data sets name them.
    public static DocumentColumns usual() {
        return new DocumentColumns(List.of("_id", "id"), List.of("title"), List.of("text"));
    }
}
