package dev.sartor.documents.source;

import dev.sartor.core.Readers;
import dev.sartor.data.RowFile;
import dev.sartor.documents.Document;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The files of a BEIR collection: a JSON object on each line.
public final class BeirFiles {
    private BeirFiles() {}

    /// A corpus of rows `{"_id", "title", "text"}`: one document each, of one section, everyone's.
    ///
    /// @throws dev.sartor.core.SartorException a user's error that lists the rows that are none
    public static Documents corpus(Path file) {
        return Documents.of(
                RowFile.beir(file).rows().stream()
                        .map(row ->
                                Document.of(row.id(), row.title(), row.text(), Readers.everyone()))
                        .toList());
    }

    /// Questions by their ids, in the file's order, from rows `{"_id", "text"}`.
    ///
    /// @throws dev.sartor.core.SartorException a user's error that lists the rows that are none
    public static Map<String, String> queries(Path file) {
        var queries = new LinkedHashMap<String, String>();
        RowFile.beir(file).rows().forEach(row -> queries.put(row.id(), row.text()));
        return queries;
    }
}
