package dev.sartor.tokenizer.text;

import dev.sartor.core.SartorException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// sentencepiece's compiled normalisation rules: a double-array trie over UTF-8 (darts-clone; the units' bits are those
/// of its darts.h) whose values are places in a block of texts that end with a zero byte. Immutable.
public final class CharsMap {
    private final int[] units;
    private final byte[] texts;

    private CharsMap(int[] units, byte[] texts) {
        this.units = units;
        this.texts = texts;
    }

    /// @param what names the map in an error
    public static CharsMap of(byte[] blob, String what) {
        var in = ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN);
        int size = blob.length < 4 ? -1 : in.getInt();
        if (size < 4 || size % 4 != 0 || size > in.remaining()) {
            throw SartorException.user(
                    what
                            + " is damaged: its trie is given as "
                            + Integer.toUnsignedString(size)
                            + " bytes of "
                            + blob.length
                            + ". Fetch the model again.");
        }
        var units = new int[size / 4];
        in.asIntBuffer().get(units);
        var texts = new byte[in.remaining() - size];
        in.position(in.position() + size).get(texts);
        return new CharsMap(units, texts);
    }

    /// What is written for some beginning of a text.
    ///
    /// @param end where that beginning ends
    public record Match(int end, String replacement) {}

    /// @param shortest whether the shortest beginning that has a rule counts, or the longest
    public Optional<Match> match(AlignedText text, int start, int end, boolean shortest) {
        int place = base(units[0]);
        int value = -1;
        int found = start;
        for (int i = start; i < end && (value < 0 || !shortest); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            int unit = after(place, codePoint);
            if (unit < 0) {
                break;
            }
            if (isLeaf(unit)) {
                value = value(unit);
                found = i;
            }
            place = next(unit);
        }
        return value < 0 ? Optional.empty() : Optional.of(new Match(found, text(value)));
    }

    /// The unit of the code point's last byte, or -1. `place` is where its first byte's unit is looked for.
    private int after(int place, int codePoint) {
        int at = place;
        int unit = -1;
        for (byte each : Utf8.of(codePoint)) {
            if (unit >= 0) {
                at = next(unit);
            }
            unit = at ^ (each & 0xff);
            if (unit < 0
                    || unit >= units.length
                    || label(units[unit]) != (each & 0xff)
                    || each == 0) {
                return -1;
            }
        }
        return unit;
    }

    /// Where the units of the bytes that follow are looked for.
    private int next(int unit) {
        return unit ^ base(units[unit]);
    }

    private boolean isLeaf(int unit) {
        return (units[unit] >>> 8 & 1) == 1;
    }

    private int value(int unit) {
        int leaf = next(unit);
        return leaf < 0 || leaf >= units.length ? -1 : units[leaf] & 0x7fffffff;
    }

    private static int base(int unit) {
        return unit >>> 10 << ((unit & 1 << 9) >>> 6);
    }

    /// A leaf's sign bit makes its label no byte.
    private static int label(int unit) {
        return unit & (1 << 31 | 0xff);
    }

    private String text(int start) {
        int end = Math.min(start, texts.length);
        int begin = end;
        while (end < texts.length && texts[end] != 0) {
            end++;
        }
        return new String(texts, begin, end - begin, StandardCharsets.UTF_8);
    }
}
