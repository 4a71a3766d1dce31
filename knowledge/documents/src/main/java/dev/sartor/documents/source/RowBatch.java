package dev.sartor.documents.source;

import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.data.DocumentRow;
import dev.sartor.documents.Metadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Rows that are documents, in memory: the same documents, with the same stamps, as of a file with these rows.
public final class RowBatch implements DocumentSource {
    private final Map<String, Entry> byId = new TreeMap<>();

    /// @param readers who may read it
    public record Entry(DocumentRow row, Readers readers) {}

    /// @param entries of which no two have one id
    public RowBatch(List<Entry> entries) {
        for (var entry : entries) {
            if (byId.put(entry.row().id(), entry) != null) {
                throw SartorException.user(
                        "two rows have the id '"
                                + entry.row().id()
                                + "': give each document an id of its own.");
            }
        }
    }

    @Override
    public List<Listed> list() {
        return byId.values().stream()
                .map(entry ->
                        new Listed(
                                entry.row().id(),
                                RowSource.digest(entry.row()),
                                Instant.EPOCH,
                                entry.readers(),
                                new Metadata(entry.row().metadata())))
                .toList();
    }

    @Override
    public String sha256(Listed listed) {
        return listed.stamp();
    }

    @Override
    public List<Reading> read(List<Listed> some, Progress.Step step) {
        return some.stream()
                .map(listed -> {
                    var entry = byId.get(listed.path());
                    if (entry == null) {
                        throw SartorException.defect(listed.path() + " was not listed");
                    }
                    step.advance(1);
                    return RowSource.reading(listed, entry.row());
                })
                .toList();
    }

    @Override
    public void close() {}
}
