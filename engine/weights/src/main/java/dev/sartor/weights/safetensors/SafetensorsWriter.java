package dev.sartor.weights.safetensors;

import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.weights.SafetensorsType;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes tensors as a safetensors file.
public final class SafetensorsWriter {
    private SafetensorsWriter() {}

    /// As transformers writes it, with the metadata `format: pt`.
    public static void write(Path file, Map<String, Safetensors.Entry> tensors) {
        write(file, tensors, Map.of("format", "pt"));
    }

    /// Wider elements first and then by name, as the format's own library does: every tensor is aligned, and the
    /// same tensors give the same bytes.
    public static void write(
            Path file, Map<String, Safetensors.Entry> tensors, Map<String, String> metadata) {
        Problems.refuseUnless(
                !tensors.containsKey("__metadata__"),
                "a tensor's name",
                "other than __metadata__",
                "__metadata__",
                "that name holds the file's notes");
        var ordered =
                tensors.entrySet().stream()
                        .sorted(
                                Comparator.<Map.Entry<String, Safetensors.Entry>>comparingInt(
                                                entry -> -entry.getValue().type().bytes())
                                        .thenComparing(Map.Entry::getKey))
                        .toList();
        var fields = new LinkedHashMap<String, Field>();
        for (var entry : ordered) {
            var tensor = entry.getValue();
            fields.put(
                    entry.getKey(),
                    new Field(tensor.type(), tensor.shape(), tensor.bytes().byteSize()));
        }
        var header = header(fields, metadata);
        AtomicFile.write(
                file,
                out -> {
                    out.write(header);
                    for (var entry : ordered) {
                        copy(entry.getValue().bytes(), out);
                    }
                });
    }

    /// Tensors whose bytes stand in a file already, one after another in the order of the fields.
    public static void write(
            Path file, Map<String, Field> fields, Map<String, String> metadata, Path bytes) {
        var header = header(fields, metadata);
        AtomicFile.write(
                file,
                out -> {
                    out.write(header);
                    Files.copy(bytes, out);
                });
    }

    /// A tensor in a file's header.
    ///
    /// @param size in bytes
    public record Field(SafetensorsType type, List<Long> shape, long size) {}

    private static byte[] header(Map<String, Field> ordered, Map<String, String> metadata) {
        var fields = new LinkedHashMap<String, Object>();
        if (!metadata.isEmpty()) {
            fields.put("__metadata__", new TreeMap<>(metadata));
        }
        long at = 0;
        for (var entry : ordered.entrySet()) {
            var tensor = entry.getValue();
            var field = new LinkedHashMap<String, Object>();
            field.put("dtype", tensor.type().name());
            field.put("shape", tensor.shape());
            field.put("data_offsets", List.of(at, at + tensor.size()));
            fields.put(entry.getKey(), field);
            at += tensor.size();
        }
        var json = Json.line(fields).getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + 7) / 8 * 8;
        var bytes = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(padded).put(json);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        return bytes.array();
    }

    private static void copy(MemorySegment bytes, OutputStream out) throws IOException {
        var buffer = new byte[1 << 16];
        for (long at = 0; at < bytes.byteSize(); at += buffer.length) {
            int length = (int) Math.min(buffer.length, bytes.byteSize() - at);
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, buffer, 0, length);
            out.write(buffer, 0, length);
        }
    }
}
