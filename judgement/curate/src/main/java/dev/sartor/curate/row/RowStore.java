package dev.sartor.curate.row;

import dev.sartor.core.Json;
import dev.sartor.core.Origin;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Rows on disk, by number. Those of the references come first. A row that a step changed is read from where the step wrote it. Reading is
/// safe for concurrent callers, changing is not.
public final class RowStore implements AutoCloseable {
    private final StoreIndex index;
    private final List<StoredInput> inputs;
    private final RowColumns columns;

    /// The rows as they were read, then what each step changed.
    private final List<FileChannel> files = new ArrayList<>();

    /// Of each row the file that it stands in.
    private final byte[] places;

    private final int references;

    private RowStore(StoreIndex index, List<StoredInput> inputs, RowColumns columns) {
        this.index = index;
        this.inputs = inputs;
        this.columns = columns;
        this.places = new byte[index.size()];
        int before = 0;
        while (before < index.size() && inputs.get(index.input(before)).isReference()) {
            before++;
        }
        this.references = before;
    }

    /// Opens what {@link StoreWriter} wrote.
    static RowStore open(
            Path rows, StoreIndex index, List<StoredInput> inputs, RowColumns columns) {
        var store = new RowStore(index, inputs, columns);
        store.openFile(rows);
        return store;
    }

    private void openFile(Path rows) {
        try {
            files.add(FileChannel.open(rows, StandardOpenOption.READ));
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + rows + ": " + e.getMessage(), e);
        }
    }

    public int size() {
        return index.size();
    }

    /// How many of the first rows are references, which no step removes or changes.
    public int references() {
        return references;
    }

    public List<StoredInput> inputs() {
        return inputs;
    }

    /// How many rows of all inputs could not be read.
    public int unreadable() {
        return inputs.stream().mapToInt(StoredInput::unreadable).sum();
    }

    /// Which of {@link #inputs} the row is from.
    public int input(int row) {
        return index.input(row);
    }

    public RowColumns columns() {
        return columns;
    }

    public Origin origin(int row) {
        return new Origin(inputs.get(index.input(row)).file(), index.line(row));
    }

    /// The row as it stands now, as one line of JSON without its end.
    public byte[] json(int row) {
        try {
            var bytes = ByteBuffer.allocate(index.length(row));
            long at = index.offset(row);
            var file = files.get(places[row]);
            while (bytes.hasRemaining()) {
                int read = file.read(bytes, at + bytes.position());
                if (read < 0) {
                    throw SartorException.missing(
                            "the stored rows are cut off: remove the result's folder, and clean anew");
                }
            }
            return bytes.array();
        } catch (IOException e) {
            throw SartorException.missing("cannot read the stored rows: " + e.getMessage(), e);
        }
    }

    public ObjectNode fields(int row) {
        return (ObjectNode) Json.mapper().readTree(json(row));
    }

    public String text(int row) {
        return columns.text(fields(row));
    }

    public Optional<String> label(int row) {
        return columns.label(fields(row));
    }

    /// Takes in rows that a step changed, which replace what stood there.
    ///
    /// @param rows a file whose lines are the rows' JSON
    /// @param changed the rows, in the order of the lines
    /// @param lengths of the lines, in bytes, without their ends
    public void replace(Path rows, int[] changed, int[] lengths) {
        openFile(rows);
        long at = 0;
        for (int i = 0; i < changed.length; i++) {
            index.move(changed[i], at, lengths[i]);
            places[changed[i]] = (byte) (files.size() - 1);
            at += lengths[i] + 1L;
        }
    }

    @Override
    public void close() {
        try {
            for (var file : files) {
                file.close();
            }
        } catch (IOException e) {
            throw SartorException.missing("cannot close the stored rows: " + e.getMessage(), e);
        }
    }
}
