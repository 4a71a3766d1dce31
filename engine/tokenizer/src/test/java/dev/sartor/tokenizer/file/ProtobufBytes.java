package dev.sartor.tokenizer.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Builds messages of the protocol-buffers wire format for tests.
public final class ProtobufBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public ProtobufBytes integer(int field, long value) {
        return varint((long) field << 3).varint(value);
    }

    public ProtobufBytes number(int field, float value) {
        varint((long) field << 3 | 5);
        out.writeBytes(
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
        return this;
    }

    public ProtobufBytes bytes(int field, byte[] value) {
        varint((long) field << 3 | 2).varint(value.length);
        out.writeBytes(value);
        return this;
    }

    public ProtobufBytes text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    public ProtobufBytes message(int field, ProtobufBytes value) {
        return bytes(field, value.array());
    }

    private ProtobufBytes varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    public byte[] array() {
        return out.toByteArray();
    }
}
