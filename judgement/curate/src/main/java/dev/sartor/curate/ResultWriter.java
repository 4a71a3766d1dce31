package dev.sartor.curate;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.curate.row.RowStore;
import dev.sartor.curate.step.Step;
import java.io.BufferedReader;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Writes the result's files: the rows that are left, and the records of those that are not, or are not as they were.
final class ResultWriter {
    static final String ROWS = "rows";
    static final String REMOVED = "removed.jsonl";
    static final String CHANGED = "changed.jsonl";

    private final Path out;
    private final RowStore store;
    private final Workshop workshop;

    ResultWriter(Path out, RowStore store, Workshop workshop) {
        this.out = out;
        this.store = store;
        this.workshop = workshop;
    }

    /// One file for each input, called after it.
    List<CleaningReport.Result> rows(BitSet alive) {
        var results = new ArrayList<CleaningReport.Result>();
        int row = store.references();
        for (int i = 0; i < store.inputs().size(); i++) {
            var input = store.inputs().get(i);
            if (input.isReference()) {
                continue;
            }
            int first = row;
            int next = first;
            while (next < store.size() && store.input(next) == i) {
                next++;
            }
            int end = next;
            var name = ROWS + "/" + stem(input.name()) + ".jsonl";
            results.add(
                    write(
                            unique(name, results),
                            lines -> {
                                for (int each = alive.nextSetBit(first);
                                        each >= 0 && each < end;
                                        each = alive.nextSetBit(each + 1)) {
                                    lines.add(store.json(each));
                                }
                            }));
            row = end;
        }
        return results;
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
    }

    private static String unique(String name, List<CleaningReport.Result> results) {
        var unique = name;
        for (int i = 2; isTaken(unique, results); i++) {
            unique = name.substring(0, name.length() - ".jsonl".length()) + "-" + i + ".jsonl";
        }
        return unique;
    }

    private static boolean isTaken(String name, List<CleaningReport.Result> results) {
        return results.stream().anyMatch(each -> each.file().equals(name));
    }

    /// @param unreadable lines `{"file", "line", "why"}`
    CleaningReport.Result removed(Path unreadable, List<Step> steps) {
        return write(
                REMOVED,
                lines -> {
                    try (BufferedReader wrong = Files.newBufferedReader(unreadable)) {
                        for (var line = wrong.readLine(); line != null; line = wrong.readLine()) {
                            var row = Json.mapper().readTree(line);
                            var fields = new LinkedHashMap<String, Object>();
                            fields.put("file", row.get("file"));
                            fields.put("line", row.get("line"));
                            fields.put("step", "reading");
                            fields.put("reason", row.get("why"));
                            lines.add(fields);
                        }
                    }
                    decisions(steps, true, lines);
                });
    }

    CleaningReport.Result changed(List<Step> steps) {
        return write(CHANGED, lines -> decisions(steps, false, lines));
    }

    private void decisions(List<Step> steps, boolean removals, Lines lines) {
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            workshop.each(
                    i + 1,
                    step,
                    decision -> {
                        if (decision.has("reason") == removals) {
                            lines.add(line(step, decision));
                        }
                    });
        }
    }

    private Map<String, Object> line(Step step, JsonNode decision) {
        var line = place(decision.get("row").intValue());
        line.put("step", step.name().key());
        for (var name : List.of("reason", "score", "details", "fields", "kinds", "from")) {
            if (decision.has(name)) {
                line.put(name, decision.get(name));
            }
        }
        if (decision.has("kept")) {
            line.put("kept", place(decision.get("kept").intValue()));
        }
        return line;
    }

    private Map<String, Object> place(int row) {
        var origin = store.origin(row);
        var place = new LinkedHashMap<String, Object>();
        place.put("file", origin.file());
        place.put("line", origin.line());
        return place;
    }

    private interface Content {
        void writeTo(Lines lines) throws IOException;
    }

    private CleaningReport.Result write(String name, Content content) {
        var digest = Sha256.digest();
        var lines = new Lines[1];
        AtomicFile.write(
                out.resolve(name),
                to -> {
                    lines[0] = new Lines(new Digesting(to, digest));
                    try {
                        content.writeTo(lines[0]);
                    } catch (UncheckedIOException e) {
                        throw e.getCause();
                    }
                });
        if (lines[0] == null) {
            throw SartorException.defect(name + " was not written", new IllegalStateException());
        }
        return new CleaningReport.Result(
                name, HexFormat.of().formatHex(digest.digest()), lines[0].count);
    }

    private static final class Lines {
        private final OutputStream out;
        private long count;

        Lines(OutputStream out) {
            this.out = out;
        }

        void add(Map<String, Object> line) {
            add(Json.line(line).getBytes(StandardCharsets.UTF_8));
        }

        void add(byte[] line) {
            try {
                out.write(line);
                out.write('\n');
                count++;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Digesting extends FilterOutputStream {
        private final MessageDigest digest;

        Digesting(OutputStream out, MessageDigest digest) {
            super(out);
            this.digest = digest;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            digest.update(bytes, from, length);
        }

        @Override
        public void write(int each) throws IOException {
            out.write(each);
            digest.update((byte) each);
        }
    }
}
