package dev.sartor.curate;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.curate.code.RepositoryOrder;
import dev.sartor.curate.code.SourceFile;
import dev.sartor.curate.row.RowColumns;
import dev.sartor.curate.row.RowInputs;
import dev.sartor.curate.row.RowStore;
import dev.sartor.curate.row.StoreWriter;
import dev.sartor.project.curation.MixtureSettings.MixedSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/// The files of a repository as rows `{"text", "paths"}` of several files each. Files that others may read stand in other rows.
final class RepositoryRows {
    private static final int MOST_CHARS = 100_000;
    private static final String PATH = "path";
    private static final String READERS = "readers";

    private final MixedSet set;
    private final RowSource source;
    private final Map<JsonNode, List<SourceFile>> byReaders;

    private RepositoryRows(
            MixedSet set, RowSource source, Map<JsonNode, List<SourceFile>> byReaders) {
        this.set = set;
        this.source = source;
        this.byReaders = byReaders;
    }

    /// @param store rows `{"path", "text"}`, and perhaps `readers`
    static RepositoryRows of(MixedSet set, RowStore store, RowSource source) {
        var byReaders = new LinkedHashMap<JsonNode, List<SourceFile>>();
        for (int row = 0; row < store.size(); row++) {
            var fields = store.fields(row);
            var path = fields.path(PATH).asString("");
            if (path.isBlank()) {
                throw SartorException.user(
                        store.origin(row)
                                + ": must have a 'path', as set '"
                                + set.name()
                                + "' is a repository: name the repository's folder, or rows with a path and a text.");
            }
            byReaders
                    .computeIfAbsent(
                            fields.has(READERS) ? fields.get(READERS) : NullNode.getInstance(),
                            _ -> new ArrayList<>())
                    .add(new SourceFile(path.replace('\\', '/'), store.text(row)));
        }
        return new RepositoryRows(set, source, byReaders);
    }

    /// Written into the folder of the work, and opened there.
    RowStore store(List<String> notes) {
        var file = source.work().resolve(set.name() + "-repository.jsonl");
        var counts = new int[2];
        AtomicFile.write(
                file,
                to -> {
                    for (var each : byReaders.entrySet()) {
                        for (var piece : RepositoryOrder.pieces(each.getValue(), MOST_CHARS)) {
                            to.write(line(piece, each.getKey()).getBytes(StandardCharsets.UTF_8));
                            counts[0]++;
                            counts[1] += piece.paths().size();
                        }
                    }
                });
        notes.add(
                String.format(
                        Locale.ROOT,
                        "%s: %,d files of a repository became %,d texts.",
                        set.name(),
                        counts[1],
                        counts[0]));
        var writer =
                new StoreWriter(
                        source.work().resolve(set.name() + "-repository"),
                        source.progress(),
                        source.cancellation());
        return writer.store(RowInputs.of(List.of(file)), RowColumns.usual());
    }

    private static String line(RepositoryOrder.Piece piece, JsonNode readers) {
        var row = Json.mapper().createObjectNode().put("text", piece.text());
        piece.paths().forEach(row.putArray("paths")::add);
        if (!readers.isNull()) {
            row.set(READERS, readers);
        }
        return row + "\n";
    }
}
