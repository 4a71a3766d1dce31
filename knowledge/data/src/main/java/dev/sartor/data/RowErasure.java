package dev.sartor.data;

import dev.sartor.core.Json;
import dev.sartor.core.Origin;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.data.row.Shape;
import dev.sartor.data.row.TypedRows;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rows that go from a file, in its place. Their lines become blank, which every reader passes over, so that all other rows keep their
/// lines: records and commands that name rows by line stay right.
public final class RowErasure {
    private final Path file;
    private final BitSet starts = new BitSet();
    private final List<Gone> gone = new ArrayList<>();
    private int unreadable;
    private String sha256 = "";

    /// Says of each row whether it goes.
    @FunctionalInterface
    public interface Rule {
        boolean takes(int line, ObjectNode fields);
    }

    /// A row that goes.
    ///
    /// @param line its first, from 1
    /// @param sha256 of its fields, as {@link #digest} has it
    public record Gone(int line, String sha256) {}

    private RowErasure(Path file) {
        this.file = file;
    }

    /// Finds the rows; nothing is written.
    ///
    /// @throws SartorException a user's error where rows would go from a file that is not lines of JSON or CSV
    public static RowErasure find(Path file, Rule rule) {
        var erasure = new RowErasure(real(file));
        erasure.sha256 = RowStream.read(erasure.file, erasure.new Reading(rule));
        if (!erasure.gone.isEmpty()) {
            erasure.refuseUnwritable();
        }
        return erasure;
    }

    /// SHA-256 of a row's fields, whatever their order.
    public static String digest(ObjectNode fields) {
        var sorted = new TreeMap<String, JsonNode>();
        fields.properties().forEach(each -> sorted.put(each.getKey(), each.getValue()));
        return Sha256.of(Json.line(sorted));
    }

    /// Through links, as the file behind one is what holds the rows.
    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw SartorException.user(file + " cannot be found or entered: check the path.", e);
        }
    }

    private final class Reading implements RowStream.Rows {
        private final Rule rule;

        Reading(Rule rule) {
            this.rule = rule;
        }

        @Override
        public void row(Origin origin, ObjectNode fields) {
            starts.set(origin.line());
            if (rule.takes(origin.line(), fields)) {
                gone.add(new Gone(origin.line(), digest(fields)));
            }
        }

        @Override
        public void unreadable(Origin origin, String why) {
            unreadable++;
            starts.set(origin.line());
        }

        @Override
        public void passedOver(String name, List<String> columns) {}
    }

    private void refuseUnwritable() {
        try {
            var shape = TypedRows.are(file) ? Shape.SQUAD_DOCUMENT : Shape.of(file);
            boolean isJsonOfLines = shape == Shape.LINES;
            boolean isCsv =
                    switch (shape) {
                        case COMMA_SEPARATED, SEMICOLON_SEPARATED, TAB_SEPARATED -> true;
                        case LINES, ARRAY, SQUAD_DOCUMENT -> false;
                    };
            if (!isJsonOfLines && !isCsv) {
                throw SartorException.user(
                        file
                                + " must be JSONL or CSV for rows to be taken out of it, and holds "
                                + gone.size()
                                + " that are to be forgotten: write it anew without them, as JSONL. Nothing was forgotten.");
            }
            if (isCsv && unreadable > 0) {
                throw SartorException.user(
                        file
                                + " has "
                                + unreadable
                                + " rows that cannot be read, so that nobody knows where the rows beside them end: mend them first,"
                                + " `sartor check` names them. Nothing was forgotten.");
            }
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    public List<Gone> gone() {
        return List.copyOf(gone);
    }

    /// The first lines of all rows, those that go among them.
    public BitSet lines() {
        return (BitSet) starts.clone();
    }

    /// Rows that could not be read, and so not be looked at.
    public int unreadable() {
        return unreadable;
    }

    /// Of the file as it was read.
    public String sha256() {
        return sha256;
    }

    /// Writes the file without the rows: aside, flushed, renamed; who may read it stays as it is.
    ///
    /// @return SHA-256 of the file as it is now
    public String write() {
        if (gone.isEmpty()) {
            return sha256;
        }
        if (!Sha256.ofReadable(file).equals(sha256)) {
            throw SartorException.user(
                    file
                            + " was changed while its rows were looked at: run the same command again.");
        }
        var blank = new BitSet();
        for (var each : gone) {
            int next = starts.nextSetBit(each.line() + 1);
            blank.set(each.line(), next < 0 ? Integer.MAX_VALUE : next);
        }
        try {
            boolean isPosix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
            var permissions =
                    isPosix ? Files.getPosixFilePermissions(file) : Set.<PosixFilePermission>of();
            AtomicFile.write(file, out -> copy(out, blank));
            if (isPosix) {
                Files.setPosixFilePermissions(file, permissions);
            }
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
        return Sha256.ofReadable(file);
    }

    private void copy(OutputStream out, BitSet blank) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            int line = 1;
            for (int each = in.read(); each >= 0; each = in.read()) {
                if (each == '\n' || !blank.get(line)) {
                    out.write(each);
                }
                line += each == '\n' ? 1 : 0;
            }
        }
    }
}
