package dev.sartor.tokenizer.text;

import java.util.Arrays;

/// A piece of text on its way to the tokens, which remembers for each of its characters where in the original text it
/// came from. Indices are those of Java's strings (UTF-16). Immutable; a slice shares what it is cut from.
public final class AlignedText {
    private static final int[] SAME = {};

    private final String whole;
    private final int from;
    private final int to;

    /// Where `whole` begins in the original, unless the two arrays say it for each character of `whole`.
    private final int base;

    private final int[] starts;
    private final int[] ends;

    private AlignedText(String whole, int from, int to, int base, int[] starts, int[] ends) {
        this.whole = whole;
        this.from = from;
        this.to = to;
        this.base = base;
        this.starts = starts;
        this.ends = ends;
    }

    /// Text as it stands in the original from `base` on.
    public static AlignedText plain(String text, int base) {
        return new AlignedText(text, 0, text.length(), base, SAME, SAME);
    }

    public String text() {
        return whole.substring(from, to);
    }

    public int length() {
        return to - from;
    }

    public char charAt(int index) {
        return whole.charAt(from + index);
    }

    public int codePointAt(int index) {
        char high = whole.charAt(from + index);
        if (Character.isHighSurrogate(high) && from + index + 1 < to) {
            char low = whole.charAt(from + index + 1);
            return Character.isLowSurrogate(low) ? Character.toCodePoint(high, low) : high;
        }
        return high;
    }

    public boolean isText(String other) {
        return other.length() == to - from && whole.startsWith(other, from);
    }

    /// As that of {@link #text}.
    public int textHash() {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + whole.charAt(i);
        }
        return hash;
    }

    /// Where in the original the character at `index` begins.
    public int start(int index) {
        return starts.length == 0 ? base + from + index : starts[from + index];
    }

    /// Where in the original the character at `index` ends.
    public int end(int index) {
        return ends.length == 0 ? base + from + index + 1 : ends[from + index];
    }

    public AlignedText slice(int begin, int end) {
        return new AlignedText(whole, from + begin, from + end, base, starts, ends);
    }

    /// Other characters in the same places.
    ///
    /// @param text as long as this
    public AlignedText withText(String text) {
        if (starts.length == 0) {
            return plain(text, base + from);
        }
        return new AlignedText(
                text,
                0,
                text.length(),
                0,
                Arrays.copyOfRange(starts, from, to),
                Arrays.copyOfRange(ends, from, to));
    }

    /// Builds the text that a normaliser makes of another. Not thread-safe.
    public static final class Builder {
        private final AlignedText source;
        private final StringBuilder text;
        private int[] starts;
        private int[] ends;

        public Builder(AlignedText source) {
            this.source = source;
            this.text = new StringBuilder(source.length() + 8);
            this.starts = new int[source.length() + 8];
            this.ends = new int[source.length() + 8];
        }

        /// Adds a code point that stands for the source's characters from `from` up to `to`.
        public Builder put(int codePoint, int from, int to) {
            int before = text.length();
            text.appendCodePoint(codePoint);
            makeRoom();
            int start = source.start(from);
            int end = source.end(to - 1);
            for (int i = before; i < text.length(); i++) {
                starts[i] = start;
                ends[i] = end;
            }
            return this;
        }

        /// As {@link #put}, for each code point of a string.
        public Builder put(String string, int from, int to) {
            string.codePoints().forEach(codePoint -> put(codePoint, from, to));
            return this;
        }

        /// Adds the source's characters from `from` up to `to` as they are; both halves of a surrogate pair stand for
        /// the pair.
        public Builder copy(int from, int to) {
            int before = text.length();
            text.append(source.whole, source.from + from, source.from + to);
            makeRoom();
            for (int i = from; i < to; i++) {
                boolean second = i > from && isPair(i - 1);
                boolean first = i + 1 < to && isPair(i);
                starts[before + i - from] = source.start(second ? i - 1 : i);
                ends[before + i - from] = source.end(first ? i + 1 : i);
            }
            return this;
        }

        private boolean isPair(int index) {
            return Character.isHighSurrogate(source.charAt(index))
                    && Character.isLowSurrogate(source.charAt(index + 1));
        }

        private void makeRoom() {
            if (text.length() > starts.length) {
                int size = Math.max(starts.length * 2, text.length());
                starts = Arrays.copyOf(starts, size);
                ends = Arrays.copyOf(ends, size);
            }
        }

        public AlignedText build() {
            int length = text.length();
            return length == 0
                    ? plain("", 0)
                    : new AlignedText(
                            text.toString(),
                            0,
                            length,
                            0,
                            Arrays.copyOf(starts, length),
                            Arrays.copyOf(ends, length));
        }
    }
}
