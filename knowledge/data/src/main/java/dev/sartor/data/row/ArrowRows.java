package dev.sartor.data.row;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/// Rows of a file in Arrow's IPC format, as a stream (what `datasets.save_to_disk` writes) or as a file (Feather 2), whose
/// buffers are not compressed. Of the columns those are read that ParquetRows would read. The file is mapped, and read from
/// its beginning: its footer is not needed. A row's line is its number.
///
/// The format: arrow.apache.org/docs/format/Columnar.html, "Serialization and Interprocess Communication".
final class ArrowRows {
    private static final byte[] FILE = {'A', 'R', 'R', 'O', 'W', '1'};
    private static final int FILE_HEAD = 8;
    private static final int CONTINUES = -1;
    private static final int MOST_OF_A_HEAD = 64 << 20;

    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final RowSink sink;

    ArrowRows(Path file, RowSink sink) {
        this.file = file;
        this.sink = sink;
    }

    /// A file begins with its mark, a stream with a schema of at most 64 MiB behind the mark of a message.
    static boolean are(Path file) throws IOException {
        byte[] head;
        try (var in = Files.newInputStream(file)) {
            head = in.readNBytes(FILE_HEAD);
        }
        if (head.length < FILE_HEAD) {
            return false;
        }
        var segment = MemorySegment.ofArray(head);
        return Arrays.equals(head, 0, FILE.length, FILE, 0, FILE.length)
                || (segment.get(INT, 0) == CONTINUES && isSize(segment.get(INT, Integer.BYTES)));
    }

    private static boolean isSize(int size) {
        return size > 0 && size <= MOST_OF_A_HEAD;
    }

    void read() throws IOException {
        try (var channel = FileChannel.open(file);
                var arena = Arena.ofConfined()) {
            var all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            try {
                new Reading(all).read();
            } catch (SartorException e) {
                throw e;
            } catch (RuntimeException | AssertionError e) { // damage comes out in many ways
                sink.problem(
                        1,
                        "is damaged, or is Arrow of a kind that is not read ("
                                + e.getMessage()
                                + "): export it as Parquet or JSONL.");
            }
        }
    }

    /// A column that is read, or passed over.
    private record Column(Field field, boolean isRead) {}

    private final class Reading {
        private final MemorySegment all;
        private final Map<Long, List<ArrowColumn>> dictionaries = new HashMap<>();
        private Map<Long, Field> encoded = Map.of();
        private final List<Column> columns = new ArrayList<>();
        private LabelNames labels = LabelNames.of(Map.of());
        private long at;
        private int row;

        Reading(MemorySegment all) {
            this.all = all;
            at = all.get(INT, 0) == CONTINUES ? 0 : FILE_HEAD;
        }

        void read() {
            boolean isMet = false;
            while (at + 2L * Integer.BYTES <= all.byteSize()) {
                if (all.get(INT, at) != CONTINUES) {
                    throw new IllegalStateException("no message at byte " + at);
                }
                int size = all.get(INT, at + Integer.BYTES);
                if (size == 0) {
                    return; // the end, which a file's footer follows
                }
                if (!isSize(size)) {
                    throw new IllegalStateException(
                            "a message's head of " + size + " bytes at byte " + at);
                }
                at += 2L * Integer.BYTES;
                var message = Message.getRootAsMessage(head(size));
                at += size;
                var body = all.asSlice(at, message.bodyLength());
                at += message.bodyLength();
                if (message.headerType() == MessageHeader.Schema) {
                    isMet = true;
                    if (!readSchema((Schema) message.header(new Schema()))) {
                        return;
                    }
                } else if (!isMet) {
                    throw new IllegalStateException("rows before a schema");
                } else {
                    read(message, body);
                }
            }
            if (at != all.byteSize() || !isMet) {
                throw new IllegalStateException("it ends in the middle of a message");
            }
        }

        private java.nio.ByteBuffer head(int size) {
            return all.asSlice(at, size).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        }

        /// @return whether the sink wants its rows
        private boolean readSchema(Schema schema) {
            if (!columns.isEmpty()) {
                throw new IllegalStateException("two schemas");
            }
            if (schema.endianness() != Endianness.Little) {
                throw new IllegalStateException("its numbers are big-endian");
            }
            encoded = ArrowTypes.encoded(schema);
            var passed = new ArrayList<String>();
            var names = new ArrayList<String>();
            for (int i = 0; i < schema.fieldsLength(); i++) {
                var field = schema.fields(i);
                boolean isRead = ArrowTypes.isRead(field, sink.takesNested());
                columns.add(new Column(field, isRead));
                (isRead ? names : passed).add(field.name());
            }
            var metadata = new HashMap<String, String>();
            for (int i = 0; i < schema.customMetadataLength(); i++) {
                metadata.put(schema.customMetadata(i).key(), schema.customMetadata(i).value());
            }
            labels = LabelNames.of(metadata);
            sink.passesOver(passed);
            return sink.acceptsColumns(1, names) && !names.isEmpty();
        }

        private void read(Message message, MemorySegment body) {
            switch (message.headerType()) {
                case MessageHeader.RecordBatch ->
                        readRows((RecordBatch) message.header(new RecordBatch()), body);
                case MessageHeader.DictionaryBatch ->
                        readDictionary(
                                (DictionaryBatch) message.header(new DictionaryBatch()), body);
                default ->
                        throw new IllegalStateException(
                                "a message of kind " + message.headerType());
            }
        }

        private void readDictionary(DictionaryBatch batch, MemorySegment body) {
            var field = encoded.get(batch.id());
            if (field == null) {
                throw new IllegalStateException("a dictionary that no column has");
            }
            var values = new ArrowBatch(batch.data(), body, dictionaries).values(field);
            if (!batch.isDelta()) {
                dictionaries.remove(batch.id());
            }
            dictionaries.computeIfAbsent(batch.id(), _ -> new ArrayList<>()).add(values);
        }

        private void readRows(RecordBatch batch, MemorySegment body) {
            var source = new ArrowBatch(batch, body, dictionaries);
            var values = columns.stream().map(column -> source.column(column.field())).toList();
            long rows = source.rows();
            for (long i = 0; i < rows; i++) {
                var fields = Json.mapper().createObjectNode();
                for (int c = 0; c < columns.size(); c++) {
                    var name = columns.get(c).field().name();
                    if (!columns.get(c).isRead()) {
                        continue;
                    }
                    var value = values.get(c).at(i);
                    if (!value.isNull()) {
                        fields.set(name, value);
                    } else if (name.equals(RowReaders.FIELD)) {
                        fields.putNull(name); // blank, which is not the same as absent
                    }
                }
                row++;
                int line = row;
                labels.apply(fields)
                        .ifPresentOrElse(
                                wrong -> sink.problem(line, wrong), () -> sink.row(line, fields));
            }
        }
    }
}
