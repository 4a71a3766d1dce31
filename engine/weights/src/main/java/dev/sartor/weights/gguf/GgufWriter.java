package dev.sartor.weights.gguf;

import dev.sartor.core.file.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Writes a GGUF file, version 3, little-endian (ggml's docs/gguf.md), one tensor after another.
public final class GgufWriter {
    private static final int VERSION = 3;
    private static final int ALIGNMENT = 32;

    private GgufWriter() {}

    /// @param shape the outermost dimension first
    public record Slot(String name, List<Long> shape, WeightType type) {
        public Slot {
            shape = List.copyOf(shape);
        }

        long values() {
            return shape.stream().reduce(1L, (a, b) -> a * b);
        }

        public long bytes() {
            return type.bytes(values());
        }
    }

    /// Makes a tensor's blocks when it is their turn.
    @FunctionalInterface
    public interface Content {
        void writeTo(Slot slot, OutputStream out) throws IOException;
    }

    public static void write(Path file, GgufKeys keys, List<Slot> slots, Content content) {
        AtomicFile.write(
                file,
                out -> {
                    var head = head(keys, slots);
                    out.write(head);
                    pad(out, head.length);
                    for (var slot : slots) {
                        content.writeTo(slot, out);
                        pad(out, slot.bytes());
                    }
                });
    }

    private static byte[] head(GgufKeys keys, List<Slot> slots) {
        var head =
                new GgufKeys.Bytes()
                        .raw("GGUF".getBytes(StandardCharsets.US_ASCII))
                        .i32(VERSION)
                        .i64(slots.size())
                        .i64(keys.count())
                        .raw(keys.encoded());
        long offset = 0;
        for (var slot : slots) {
            head.text(slot.name()).i32(slot.shape().size());
            slot.shape().reversed().forEach(head::i64);
            head.i32(slot.type().ggml().id()).i64(offset);
            offset += aligned(slot.bytes());
        }
        return head.bytes();
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static void pad(OutputStream out, long bytes) throws IOException {
        out.write(new byte[(int) (aligned(bytes) - bytes)]);
    }
}
