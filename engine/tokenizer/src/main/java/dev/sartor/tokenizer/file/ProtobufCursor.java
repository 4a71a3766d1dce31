package dev.sartor.tokenizer.file;

import dev.sartor.core.SartorException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Reads one message of the protocol-buffers wire format from front to back
/// (<https://protobuf.dev/programming-guides/encoding/>). Not thread-safe.
final class ProtobufCursor {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final Path file;
    private final ByteBuffer in;
    private int type;

    ProtobufCursor(Path file, ByteBuffer in) {
        this.file = file;
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    }

    /// The next field's number, to be read or skipped; 0 at the end.
    int next() {
        if (!in.hasRemaining()) {
            return 0;
        }
        long tag = varint();
        type = (int) (tag & 7);
        long number = tag >>> 3;
        if (number < 1 || number > 1 << 29) {
            throw broken("a field has the number " + number);
        }
        return (int) number;
    }

    long integer() {
        expect(VARINT);
        return varint();
    }

    boolean flag() {
        return integer() != 0;
    }

    float number() {
        expect(FIXED32);
        need(4);
        return in.getFloat();
    }

    byte[] bytes() {
        var slice = slice();
        var bytes = new byte[slice.remaining()];
        slice.get(bytes);
        return bytes;
    }

    String text() {
        return StandardCharsets.UTF_8.decode(slice()).toString();
    }

    ProtobufCursor message() {
        return new ProtobufCursor(file, slice());
    }

    void skip() {
        switch (type) {
            case VARINT -> varint();
            case FIXED64 -> advance(8);
            case BYTES -> slice();
            case FIXED32 -> advance(4);
            default -> throw broken("a field has the wire type " + type);
        }
    }

    private ByteBuffer slice() {
        expect(BYTES);
        long length = varint();
        if (length < 0 || length > in.remaining()) {
            throw broken(
                    "a field is given as "
                            + Long.toUnsignedString(length)
                            + " bytes of the remaining "
                            + in.remaining());
        }
        var slice = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return slice;
    }

    private void advance(int bytes) {
        need(bytes);
        in.position(in.position() + bytes);
    }

    private void need(int bytes) {
        if (in.remaining() < bytes) {
            throw broken("it ends within a field");
        }
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            need(1);
            byte each = in.get();
            value |= (long) (each & 0x7f) << shift;
            if (each >= 0) {
                return value;
            }
        }
        throw broken("a number has more than ten bytes");
    }

    private void expect(int expected) {
        if (type != expected) {
            throw broken("a field has the wire type " + type + ", not " + expected);
        }
    }

    SartorException broken(String what) {
        return SartorException.user(
                file
                        + " is not a usable sentencepiece model: "
                        + what
                        + ". Fetch the model again.");
    }
}
