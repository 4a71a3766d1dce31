package dev.sartor.data.row;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.metadata.RepetitionType;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnProjection;
import dev.hardwood.schema.SchemaNode;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Rows of a Parquet file: its columns that hold a text, a number, a date or true and false. Lists and structures are passed
/// over but where the sink takes them, bytes always. A row's line is its number.
final class ParquetRows {
    private static final String MARK = "PAR1";

    private final Path file;
    private final RowSink sink;

    ParquetRows(Path file, RowSink sink) {
        this.file = file;
        this.sink = sink;
    }

    static boolean are(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MARK.length()), StandardCharsets.ISO_8859_1)
                    .equals(MARK);
        }
    }

    void read() {
        try (var reader = ParquetFileReader.open(InputFile.of(file))) {
            var columns =
                    reader.getFileSchema().getRootNode().children().stream()
                            .filter(this::isRead)
                            .map(SchemaNode::name)
                            .toList();
            sink.passesOver(
                    reader.getFileSchema().getRootNode().children().stream()
                            .filter(node -> !isRead(node))
                            .map(SchemaNode::name)
                            .toList());
            if (!sink.acceptsColumns(1, columns) || columns.isEmpty()) {
                return;
            }
            var projection = ColumnProjection.columns(columns.toArray(String[]::new));
            try (var rows = reader.buildRowReader().projection(projection).build()) {
                read(rows, columns, LabelNames.of(reader.getFileMetaData().keyValueMetadata()));
            }
        } catch (SartorException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // damage comes out in many ways
            sink.problem(
                    1,
                    "is damaged, or is Parquet of a kind that is not read ("
                            + e.getMessage()
                            + "): export it as JSONL.");
        }
    }

    private void read(RowReader rows, List<String> columns, LabelNames labels) {
        for (int number = 1; rows.hasNext(); number++) {
            rows.next();
            var fields = Json.mapper().createObjectNode();
            for (var column : columns) {
                if (!rows.isNull(column)) {
                    ParquetValues.of(rows.getValue(column))
                            .ifPresent(value -> fields.set(column, value));
                } else if (column.equals(RowReaders.FIELD)) {
                    fields.putNull(column); // blank, which is not the same as absent
                }
            }
            int line = number;
            labels.apply(fields)
                    .ifPresentOrElse(
                            wrong -> sink.problem(line, wrong), () -> sink.row(line, fields));
        }
    }

    private boolean isRead(SchemaNode node) {
        return isPlain(node) || (sink.takesNested() && node instanceof SchemaNode.GroupNode);
    }

    private static boolean isPlain(SchemaNode node) {
        return node instanceof SchemaNode.PrimitiveNode plain
                && plain.repetitionType() != RepetitionType.REPEATED
                && !(plain.logicalType() == null && isBytes(plain.type()));
    }

    /// Of no further kind, such as a picture's.
    private static boolean isBytes(PhysicalType type) {
        return type == PhysicalType.BYTE_ARRAY || type == PhysicalType.FIXED_LEN_BYTE_ARRAY;
    }
}
