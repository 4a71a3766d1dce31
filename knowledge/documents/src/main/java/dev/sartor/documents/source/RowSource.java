package dev.sartor.documents.source;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Progress;
import dev.sartor.data.DocumentColumns;
import dev.sartor.data.DocumentRow;
import dev.sartor.data.RowFile;
import dev.sartor.documents.Document;
import dev.sartor.documents.Metadata;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.access.FolderAccess;
import dev.sartor.documents.parse.PlainText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A file whose rows are documents, named by their ids: JSONL, a JSON array, CSV, Parquet, or a BEIR corpus. The file is read as a
/// whole, and again only when its size or time changes; the rows are told apart by their content.
public final class RowSource implements DocumentSource {
    private final Path file;
    private final DocumentColumns columns;
    private final AccessPolicy access;
    private Optional<Rows> last = Optional.empty();

    private record Rows(String stamp, Map<String, DocumentRow> byId) {}

    public RowSource(Path file, DocumentColumns columns, AccessPolicy access) {
        this.file = file.toAbsolutePath().normalize();
        this.columns = columns;
        this.access = access;
    }

    /// @throws SartorException a user's error that lists the rows that are no documents
    @Override
    public List<Listed> list() {
        try {
            var rules = new FolderAccess(file.resolveSibling(".").normalize(), access.fileSystem());
            var said = rules.of(file);
            var rows = rows();
            return rows.byId().values().stream()
                    .map(row ->
                            new Listed(
                                    row.id(),
                                    digest(row),
                                    Instant.EPOCH,
                                    access.of(row.id(), said),
                                    new Metadata(row.metadata())))
                    .toList();
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// Of all that is known of the row.
    static String digest(DocumentRow row) {
        var text = row.title() + "\n" + row.text();
        return Sha256.of(
                row.metadata().isEmpty()
                        ? text
                        : text + "\n" + Json.line(new Metadata(row.metadata())));
    }

    private Rows rows() throws IOException {
        var stamp = Files.size(file) + ":" + Files.getLastModifiedTime(file);
        if (last.isEmpty() || !last.get().stamp().equals(stamp)) {
            var byId = new TreeMap<String, DocumentRow>();
            RowFile.documents(file, columns).rows().forEach(row -> byId.put(row.id(), row));
            last = Optional.of(new Rows(stamp, byId));
        }
        return last.get();
    }

    @Override
    public String sha256(Listed listed) {
        return listed.stamp();
    }

    @Override
    public List<Reading> read(List<Listed> some, Progress.Step step) {
        var byId = last.orElseThrow().byId();
        return some.stream()
                .map(listed -> {
                    var row = byId.get(listed.path());
                    if (row == null) {
                        throw SartorException.defect(listed.path() + " was not listed");
                    }
                    step.advance(1);
                    return reading(listed, row);
                })
                .toList();
    }

    static Reading reading(Listed listed, DocumentRow row) {
        var text = PlainText.read(row.id(), row.text(), listed.readers());
        var title = row.title().isEmpty() ? row.id() : row.title();
        return Reading.of(listed, new Document(row.id(), title, text.sections(), listed.readers()));
    }

    @Override
    public void close() {}
}
