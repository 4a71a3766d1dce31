package dev.sartor.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Damages a file's bytes in the ways that files are damaged, and in the ways that an attacker would.
public final class Mutations {
    private static final long[] EXTREMES = {
        0,
        1,
        2,
        3,
        7,
        -1,
        -2,
        127,
        128,
        255,
        256,
        0x7fff,
        0x8000,
        0xffff,
        0x10000,
        1 << 20,
        1 << 24,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0xffffffffL,
        1L << 32,
        1L << 40,
        1L << 62,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE / 2 + 1,
        Long.MAX_VALUE / 4
    };
    private static final List<String> TEXTS =
            List.of(
                    "null",
                    "{}",
                    "[]",
                    "\"\"",
                    "-1",
                    "1e999",
                    "9223372036854775808",
                    "99999999999",
                    "0.5",
                    "true",
                    "[[",
                    "}}",
                    ",",
                    ":",
                    "\"\\ud800\"",
                    "16777217",
                    "2147483647",
                    "-2147483648",
                    "\"(a+)+$\"",
                    "\"[\"",
                    "\"\\\\p{Odd}\"",
                    "\"Sequence\"",
                    "\"\u0000\"");

    private final SplittableRandom random;

    public Mutations(SplittableRandom random) {
        this.random = random;
    }

    /// One to three kinds of damage.
    public byte[] of(byte[] valid, boolean isText) {
        var bytes = valid.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes = once(bytes, isText);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes, boolean isText) {
        if (bytes.length < 16) {
            return bytes;
        }
        return switch (random.nextInt(isText ? 30 : 9)) {
            case 0 -> Arrays.copyOf(bytes, place(bytes));
            case 1, 2 -> flipped(bytes);
            case 3 -> overwritten(bytes, random.nextBoolean() ? 4 : 8);
            case 4 -> overwritten(bytes, 8);
            case 5 -> spliced(bytes);
            case 6 -> without(bytes);
            case 7 -> filled(bytes);
            case 8 -> nested(bytes, isText);
            default -> reworded(bytes);
        };
    }

    /// Often near the beginning, where the lengths are.
    private int place(byte[] bytes) {
        int most = random.nextInt(3) == 0 ? Math.min(bytes.length, 256) : bytes.length;
        return random.nextInt(most);
    }

    private byte[] flipped(byte[] bytes) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[place(bytes)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private byte[] overwritten(byte[] bytes, int width) {
        int at = Math.min(place(bytes), bytes.length - 8);
        long value = EXTREMES[random.nextInt(EXTREMES.length)];
        var into = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (width == 4) {
            into.putInt(at, (int) value);
        } else {
            into.putLong(at, value);
        }
        return bytes;
    }

    /// A range again at another place, instead of what stands there or before it.
    private byte[] spliced(byte[] bytes) {
        int from = place(bytes);
        int length = Math.min(1 + random.nextInt(64), bytes.length - from);
        int to = place(bytes);
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, to);
        out.write(bytes, from, length);
        int rest = random.nextBoolean() ? to : Math.min(bytes.length, to + length);
        out.write(bytes, rest, bytes.length - rest);
        return out.toByteArray();
    }

    private byte[] without(byte[] bytes) {
        int from = place(bytes);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(48));
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }

    private byte[] filled(byte[] bytes) {
        int from = place(bytes);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(32));
        Arrays.fill(bytes, from, to, (byte) (random.nextBoolean() ? 0xff : 0));
        return bytes;
    }

    private byte[] nested(byte[] bytes, boolean isText) {
        int at = place(bytes);
        var opening = isText ? (random.nextBoolean() ? "[" : "{\"a\":") : "\n\177";
        var deep = opening.repeat(1 + random.nextInt(random.nextInt(8) == 0 ? 3000 : 20));
        return inserted(bytes, at, at, deep);
    }

    /// Instead of one value of a JSON text another.
    private byte[] reworded(byte[] bytes) {
        int from = place(bytes);
        while (from < bytes.length - 1 && ":,[".indexOf(bytes[from]) < 0) {
            from++;
        }
        int to = from + 1;
        while (to < bytes.length - 1 && ",]}".indexOf(bytes[to]) < 0) {
            to++;
        }
        return inserted(bytes, from + 1, to, TEXTS.get(random.nextInt(TEXTS.size())));
    }

    private static byte[] inserted(byte[] bytes, int from, int to, String text) {
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }
}
