package dev.sartor.weights.gguf;

import dev.sartor.core.SartorException;
import dev.sartor.weights.FileBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads a GGUF file's head from front to back. Not thread-safe.
final class GgufCursor {
    private static final int WINDOW = 1 << 20;
    private static final char REPLACEMENT = '\uFFFD';
    private static final int LONGEST_STRING = 1 << 26;

    private final FileBytes bytes;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long windowEnd;

    GgufCursor(FileBytes bytes) {
        this.bytes = bytes;
    }

    long position() {
        return windowEnd - window.remaining();
    }

    long remaining() {
        return bytes.size() - position();
    }

    int byteValue() {
        return need(1).get();
    }

    short shortValue() {
        return need(2).getShort();
    }

    int intValue() {
        return need(4).getInt();
    }

    long longValue() {
        return need(8).getLong();
    }

    float floatValue() {
        return need(4).getFloat();
    }

    double doubleValue() {
        return need(8).getDouble();
    }

    /// A number of things that take at least `least` bytes each, so that a wrong one cannot ask for all memory.
    int count(String what, int least) {
        long count = longValue();
        if (count < 0 || count > remaining() / least || count > Integer.MAX_VALUE - 8) {
            throw broken(
                    what
                            + " is given as "
                            + Long.toUnsignedString(count)
                            + ", more than fits the remaining "
                            + remaining()
                            + " bytes");
        }
        return (int) count;
    }

    /// Goes on behind a string.
    void skipString(String what) {
        for (int left = length(what); left > 0; ) {
            int piece = Math.min(WINDOW, left);
            var from = need(piece);
            from.position(from.position() + piece);
            left -= piece;
        }
    }

    private int length(String what) {
        int length = count("the length of " + what, 1);
        if (length > LONGEST_STRING) {
            throw broken(what + " is " + length + " bytes long");
        }
        return length;
    }

    String string(String what) {
        int length = length(what);
        var raw = new byte[length];
        for (int done = 0; done < length; ) {
            int piece = Math.min(WINDOW, length - done);
            need(piece).get(raw, done, piece);
            done += piece;
        }
        var text = new String(raw, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : exact(raw, what);
    }

    /// For what holds a replacement character, or bytes that are none. A decoder for every token would take long.
    private String exact(byte[] raw, String what) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
        } catch (CharacterCodingException e) {
            throw broken(what + " is not UTF-8");
        }
    }

    private ByteBuffer need(int length) {
        if (window.remaining() < length) {
            long start = position();
            if (bytes.size() - start < length) {
                throw SartorException.user(
                        bytes.file()
                                + " is cut off: its head goes on at byte "
                                + bytes.size()
                                + ", where the file ends. Fetch or copy it again.");
            }
            int size = (int) Math.min(WINDOW, bytes.size() - start);
            window = ByteBuffer.wrap(bytes.bytes(start, size)).order(ByteOrder.LITTLE_ENDIAN);
            windowEnd = start + size;
        }
        return window;
    }

    SartorException broken(String what) {
        return GgufFile.broken(bytes.file(), what);
    }
}
