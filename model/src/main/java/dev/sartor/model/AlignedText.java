package dev.sartor.model;

import java.util.Arrays;

/// A piece of text on its way to the tokens, which remembers for each of its characters where in the original text it
/// came from. Indices are those of Java's strings (UTF-16). Immutable.
final class AlignedText {
    private static final int[] SAME = {};

    private final String text;
    private final int base;
    private final int[] starts;
    private final int[] ends;

    private AlignedText(String text, int base, int[] starts, int[] ends) {
        this.text = text;
        this.base = base;
        this.starts = starts;
        this.ends = ends;
    }

    /// Text as it stands in the original from `base` on.
    static AlignedText plain(String text, int base) {
        return new AlignedText(text, base, SAME, SAME);
    }

    String text() {
        return text;
    }

    int length() {
        return text.length();
    }

    /// Where in the original the character at `index` begins.
    int start(int index) {
        return starts.length == 0 ? base + index : starts[index];
    }

    /// Where in the original the character at `index` ends.
    int end(int index) {
        return ends.length == 0 ? base + index + 1 : ends[index];
    }

    AlignedText slice(int from, int to) {
        if (from == 0 && to == text.length()) {
            return this;
        }
        return starts.length == 0
                ? plain(text.substring(from, to), base + from)
                : new AlignedText(
                        text.substring(from, to),
                        0,
                        Arrays.copyOfRange(starts, from, to),
                        Arrays.copyOfRange(ends, from, to));
    }

    /// Builds the text that a normaliser makes of another. Not thread-safe.
    static final class Builder {
        private final AlignedText source;
        private final StringBuilder text;
        private int[] starts;
        private int[] ends;

        Builder(AlignedText source) {
            this.source = source;
            this.text = new StringBuilder(source.length() + 8);
            this.starts = new int[source.length() + 8];
            this.ends = new int[source.length() + 8];
        }

        /// Adds a code point that stands for the source's characters from `from` up to `to`.
        Builder put(int codePoint, int from, int to) {
            int before = text.length();
            text.appendCodePoint(codePoint);
            if (text.length() > starts.length) {
                starts = Arrays.copyOf(starts, starts.length * 2);
                ends = Arrays.copyOf(ends, ends.length * 2);
            }
            Arrays.fill(starts, before, text.length(), source.start(from));
            Arrays.fill(ends, before, text.length(), source.end(to - 1));
            return this;
        }

        /// As {@link #put}, for each code point of a string.
        Builder put(String string, int from, int to) {
            string.codePoints().forEach(codePoint -> put(codePoint, from, to));
            return this;
        }

        AlignedText build() {
            int length = text.length();
            return length == 0
                    ? plain("", 0)
                    : new AlignedText(
                            text.toString(),
                            0,
                            Arrays.copyOf(starts, length),
                            Arrays.copyOf(ends, length));
        }
    }
}
