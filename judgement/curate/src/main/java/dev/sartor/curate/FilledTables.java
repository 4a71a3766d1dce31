package dev.sartor.curate;

import dev.sartor.core.Origin;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.curate.row.RowInputs;
import dev.sartor.curate.row.RowStore;
import dev.sartor.curate.row.StoreWriter;
import dev.sartor.data.RowStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Tables of rows to label that people have filled in: rows take their labels from them, and two annotators are held against each other.
public final class FilledTables {
    private FilledTables() {}

    /// The labels of a table by the row that each is of, blank ones left out.
    ///
    /// @throws SartorException a user's error where a row of the table cannot be read, or names no row
    public static Map<Origin, String> labels(Path table) {
        var labels = new LinkedHashMap<Origin, String>();
        RowStream.read(table, new Reading(labels));
        return labels;
    }

    private record Reading(Map<Origin, String> labels) implements RowStream.Rows {
        @Override
        public void row(Origin origin, ObjectNode fields) {
            var line = fields.path("line").asString("");
            if (!fields.path("file").isString()
                    || !line.matches("[1-9][0-9]{0,8}")
                    || !fields.has("label")) {
                unreadable(
                        origin,
                        "must have the columns file, line and label, as `sartor data label` writes them.");
            }
            var label = fields.path("label").asString("").strip();
            if (!label.isEmpty()) {
                labels.put(
                        new Origin(fields.get("file").stringValue(), Integer.parseInt(line)),
                        label);
            }
        }

        @Override
        public void unreadable(Origin origin, String why) {
            throw SartorException.user(origin + ": " + why);
        }

        @Override
        public void passedOver(String file, List<String> columns) {
            throw SartorException.user(file + ": is no table that was filled in.");
        }
    }

    /// What came of it.
    ///
    /// @param filled how many rows took a label
    public record Filled(long filled, CleaningReport.Result result) {}

    /// Writes the rows with the labels that the tables give them; rows that have a label keep it.
    ///
    /// @throws SartorException a user's error where a table names a row that is not there, or gives another label than a row has
    public static Filled fill(RowSource source, List<Path> files, List<Path> tables, Path out) {
        var labels = new LinkedHashMap<Origin, String>();
        for (var table : tables) {
            labels(table).forEach((row, label) -> put(labels, row, label));
        }
        var writer = new StoreWriter(source.work(), source.progress(), source.cancellation());
        try (var store = writer.store(RowInputs.of(files), source.columns())) {
            var field = source.labelField().orElse("label");
            var filled = new long[1];
            AtomicFile.write(
                    out,
                    to -> {
                        for (int row = 0; row < store.size(); row++) {
                            var label = Optional.ofNullable(labels.remove(store.origin(row)));
                            to.write(line(store, row, field, label));
                            to.write('\n');
                            filled[0] += label.isPresent() ? 1 : 0;
                        }
                        if (!labels.isEmpty()) {
                            throw SartorException.user(
                                    "the tables label "
                                            + labels.size()
                                            + " rows that are not among these, the first "
                                            + labels.keySet().iterator().next()
                                            + ": name the files that `sartor data label` chose from, as they were named then.");
                        }
                    });
            return new Filled(
                    filled[0],
                    new CleaningReport.Result(
                            out.toString(), Sha256.ofReadable(out), store.size()));
        }
    }

    private static void put(Map<Origin, String> labels, Origin row, String label) {
        var before = labels.putIfAbsent(row, label);
        if (before != null && !before.equals(label)) {
            throw SartorException.user(
                    row
                            + " is labelled "
                            + before
                            + " in one table and "
                            + label
                            + " in another: `sartor data agreement` shows where two annotators differ.");
        }
    }

    private static byte[] line(RowStore store, int row, String field, Optional<String> label) {
        if (label.isEmpty()) {
            return store.json(row);
        }
        var had = store.label(row);
        if (had.isPresent() && !had.get().equals(label.get())) {
            throw SartorException.user(
                    store.origin(row)
                            + " has the label "
                            + had.get()
                            + ", and a table says "
                            + label.get()
                            + ": take it out of one of them.");
        }
        return store.fields(row)
                .put(field, label.get())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
