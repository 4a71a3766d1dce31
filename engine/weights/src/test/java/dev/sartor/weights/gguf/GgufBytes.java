package dev.sartor.weights.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Builds GGUF files for tests, right ones and wrong ones.
public final class GgufBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public GgufBytes head(int version, long tensors, long keys) {
        return bytes("GGUF".getBytes(StandardCharsets.UTF_8)).i32(version).i64(tensors).i64(keys);
    }

    public GgufBytes i8(int value) {
        out.write(value);
        return this;
    }

    public GgufBytes i32(int value) {
        return bytes(buffer(4).putInt(value).array());
    }

    public GgufBytes i64(long value) {
        return bytes(buffer(8).putLong(value).array());
    }

    public GgufBytes f32(float value) {
        return bytes(buffer(4).putFloat(value).array());
    }

    public GgufBytes text(String value) {
        var utf8 = value.getBytes(StandardCharsets.UTF_8);
        return i64(utf8.length).bytes(utf8);
    }

    public GgufBytes key(String name, int type) {
        return text(name).i32(type);
    }

    /// @param shape as in the file: innermost first
    public GgufBytes tensor(String name, int type, long offset, long... shape) {
        text(name).i32(shape.length);
        for (long dimension : shape) {
            i64(dimension);
        }
        return i32(type).i64(offset);
    }

    public GgufBytes bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public GgufBytes padTo(int alignment) {
        while (out.size() % alignment != 0) {
            out.write(0);
        }
        return this;
    }

    public byte[] array() {
        return out.toByteArray();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
