package dev.sartor.curate;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.curate.step.Decisions;
import dev.sartor.curate.step.StepRows;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.node.ObjectNode;

/// Writes what a step decides, a line for each row that does not stay as it is, and the rows that it changed.
final class StepRecorder implements Decisions {
    private final StepRows rows;
    private final OutputStream decisions;
    private final OutputStream changedRows;
    private final List<String> notes = new ArrayList<>();
    private int last = -1;

    StepRecorder(StepRows rows, OutputStream decisions, OutputStream changedRows) {
        this.rows = rows;
        this.decisions = decisions;
        this.changedRows = changedRows;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public void remove(int row, String reason, double score) {
        write(removal(row, reason, score));
    }

    @Override
    public void remove(int row, String reason, double score, int kept) {
        var line = removal(row, reason, score);
        line.put("kept", rows.stored(kept));
        write(line);
    }

    @Override
    public void remove(int row, String reason, double score, SequencedMap<String, Object> details) {
        var line = removal(row, reason, score);
        line.put("details", details);
        write(line);
    }

    private Map<String, Object> removal(int row, String reason, double score) {
        var line = begin(row);
        line.put("reason", reason);
        line.put("score", Math.round(score * 1e6) / 1e6);
        return line;
    }

    @Override
    public void change(
            int row, ObjectNode fields, List<String> changed, SequencedMap<String, Integer> kinds) {
        var line = begin(row);
        var json = Json.mapper().writeValueAsBytes(fields);
        line.put("fields", changed);
        line.put("kinds", kinds);
        line.put("from", Sha256.of(rows.fields(row).toString()));
        line.put("length", json.length);
        write(line);
        write(changedRows, json);
    }

    @Override
    public void note(String sentence) {
        notes.add(sentence);
    }

    private Map<String, Object> begin(int row) {
        if (row <= last || row < rows.references()) {
            throw SartorException.defect(
                    "a step named row "
                            + row
                            + " after row "
                            + last
                            + ", references below "
                            + rows.references(),
                    new IllegalStateException());
        }
        last = row;
        var line = new LinkedHashMap<String, Object>();
        line.put("row", rows.stored(row));
        return line;
    }

    private void write(Map<String, Object> line) {
        write(decisions, Json.line(line).getBytes(StandardCharsets.UTF_8));
    }

    private static void write(OutputStream out, byte[] line) {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
