package dev.sartor.data.row;

import java.io.IOException;
import java.nio.file.Path;

/// Rows of a file whose columns have types: Parquet, or Arrow's IPC format as a file or as a stream.
public final class TypedRows {
    private TypedRows() {}

    public static boolean are(Path file) throws IOException {
        return ParquetRows.are(file) || ArrowRows.are(file);
    }

    /// @param file one of which {@link #are} says so
    public static void read(Path file, RowSink sink) throws IOException {
        if (ParquetRows.are(file)) {
            new ParquetRows(file, sink).read();
        } else {
            new ArrowRows(file, sink).read();
        }
    }
}
