package dev.sartor.curate.row;

import dev.sartor.core.Json;
import dev.sartor.core.Origin;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.FreeSpace;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.text.Size;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.data.RowStream;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/// Reads inputs into a folder, once: where it holds the rows of the same files already, they are taken from there.
public final class StoreWriter {
    private static final String ROWS = "rows.jsonl";
    private static final String INDEX = "rows.index";
    private static final String INPUTS = "inputs.json";
    private static final String UNREADABLE = "unreadable.jsonl";

    private final Path folder;
    private final Progress progress;
    private final Cancellation cancellation;
    private final List<StoredInput> inputs = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final StoreIndex index = new StoreIndex();

    /// @param folder made where there is none
    public StoreWriter(Path folder, Progress progress, Cancellation cancellation) {
        this.folder = folder;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /// What stands on disk beside the rows.
    private record Kept(List<StoredInput> inputs, List<String> notes) {}

    /// Without references.
    public RowStore store(RowInputs files, RowColumns columns) {
        return store(RowInputs.none(), files, columns);
    }

    /// @param references files whose rows are there to be compared with alone
    public RowStore store(RowInputs references, RowInputs files, RowColumns columns) {
        requireRoom(references, files);
        var kept = kept().filter(each -> isOf(each, references, files));
        if (kept.isPresent()) {
            notes.addAll(kept.get().notes());
            return RowStore.open(folder.resolve(ROWS), readIndex(), kept.get().inputs(), columns);
        }
        AtomicFile.write(
                folder.resolve(UNREADABLE),
                unreadable ->
                        AtomicFile.write(
                                folder.resolve(ROWS),
                                rows ->
                                        readAll(
                                                references,
                                                files,
                                                new Reading(rows, unreadable, columns))));
        AtomicFile.write(folder.resolve(INDEX), out -> index.writeTo(new DataOutputStream(out)));
        AtomicFile.write(folder.resolve(INPUTS), Json.pretty(new Kept(inputs, notes)));
        return RowStore.open(folder.resolve(ROWS), index, List.copyOf(inputs), columns);
    }

    /// What the reading had to say.
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /// Lines `{"file", "line", "why"}` of what could not be read.
    public Path unreadable() {
        return folder.resolve(UNREADABLE);
    }

    private Optional<Kept> kept() {
        var file = folder.resolve(INPUTS);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.mapper().readValue(file.toFile(), Kept.class));
        } catch (JacksonException e) {
            return Optional.empty(); // not of this version: read anew
        }
    }

    private static boolean isOf(Kept kept, RowInputs references, RowInputs files) {
        int count = references.files().size() + files.files().size();
        if (kept.inputs().size() != count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            boolean isReference = i < references.files().size();
            var input =
                    isReference
                            ? references.files().get(i)
                            : files.files().get(i - references.files().size());
            var stored = kept.inputs().get(i);
            if (stored.isReference() != isReference
                    || !stored.name().equals(input.name())
                    || !stored.file().equals(input.file().toString())
                    || !stored.sha256().equals(Sha256.ofReadable(input.file()))) {
                return false;
            }
        }
        return true;
    }

    private StoreIndex readIndex() {
        var file = folder.resolve(INDEX);
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return StoreIndex.readFrom(in);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// The rows are stored once, and those that are kept are written once more.
    private void requireRoom(RowInputs references, RowInputs files) {
        try {
            long bytes = 0;
            for (var inputs : List.of(references, files)) {
                for (var input : inputs.files()) {
                    bytes += Files.size(input.file());
                }
            }
            Files.createDirectories(folder);
            long free = FreeSpace.at(folder);
            if (free < 2 * bytes) {
                throw SartorException.missing(
                        folder
                                + " has "
                                + Size.mib(free)
                                + " left on its disk, and cleaning "
                                + Size.mib(bytes)
                                + " needs at least twice as much as the files have: free some space, or name a --out on"
                                + " another disk.");
            }
        } catch (IOException e) {
            throw SartorException.missing("cannot write to " + folder + ": " + e.getMessage(), e);
        }
    }

    private void readAll(RowInputs references, RowInputs files, Reading reading) {
        int count = references.files().size() + files.files().size();
        try (var step = progress.begin("reading", count, "files")) {
            for (var input : references.files()) {
                read(input, true, reading);
                step.advance(1);
            }
            for (var input : files.files()) {
                read(input, false, reading);
                step.advance(1);
            }
        }
        reading.requireText();
    }

    private void read(RowInputs.Input input, boolean isReference, Reading reading) {
        reading.begin();
        var sha256 =
                input.isWhole() ? readWhole(input, reading) : RowStream.read(input.file(), reading);
        if (reading.unreadable > 0) {
            notes.add(reading.unreadable + " rows of " + input.file() + " cannot be read.");
        }
        inputs.add(
                new StoredInput(
                        input.file().toString(),
                        input.name(),
                        isReference,
                        sha256,
                        reading.rows,
                        reading.unreadable));
    }

    private static String readWhole(RowInputs.Input input, Reading reading) {
        try {
            var bytes = Files.readAllBytes(input.file());
            var origin = new Origin(input.file().toString(), 1);
            var text = new String(bytes, StandardCharsets.UTF_8);
            if (bytes.length == text.getBytes(StandardCharsets.UTF_8).length) {
                var fields = Json.mapper().createObjectNode();
                reading.row(origin, fields.put("path", input.name()).put("text", text));
            } else {
                reading.unreadable(origin, "is not UTF-8: save the file as UTF-8.");
            }
            return Sha256.of(input.file());
        } catch (IOException | OutOfMemoryError e) {
            throw SartorException.missing("cannot read " + input.file() + ": " + e.getMessage(), e);
        }
    }

    private final class Reading implements RowStream.Rows {
        private final OutputStream stored;
        private final OutputStream wrong;
        private final RowColumns columns;
        private boolean hasText;
        private long offset;
        private int rows;
        private int unreadable;

        Reading(OutputStream stored, OutputStream wrong, RowColumns columns) {
            this.stored = stored;
            this.wrong = wrong;
            this.columns = columns;
        }

        void requireText() {
            if (index.size() > 0 && !hasText) {
                throw SartorException.user(
                        "the field of the text must be one of the rows', got "
                                + columns.text().orElse("")
                                + ", which no row has: name another, or leave --text-column out.");
            }
        }

        void begin() {
            rows = 0;
            unreadable = 0;
        }

        @Override
        public void row(Origin origin, ObjectNode fields) {
            if (cancellation.isAsked()) {
                throw new CancellationException();
            }
            hasText |= columns.text().isEmpty() || fields.has(columns.text().get());
            var json = Json.mapper().writeValueAsBytes(fields);
            index.add(offset, json.length, inputs.size(), origin.line());
            write(stored, json);
            offset += json.length + 1L;
            rows++;
        }

        @Override
        public void unreadable(Origin origin, String why) {
            var line = new LinkedHashMap<String, Object>();
            line.put("file", origin.file());
            line.put("line", origin.line());
            line.put("why", why);
            write(wrong, Json.line(line).getBytes(StandardCharsets.UTF_8));
            unreadable++;
        }

        @Override
        public void passedOver(String file, List<String> columns) {
            notes.add(
                    file + ": columns of bytes are not read: " + String.join(", ", columns) + ".");
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
}
