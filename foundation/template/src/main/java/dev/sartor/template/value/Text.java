package dev.sartor.template.value;

import java.util.ArrayList;
import java.util.List;

/// A string that knows which of its characters came from untrusted data. Comparisons ignore that; whatever copies
/// characters keeps it.
public final class Text implements Value {
    private static final int[] NOWHERE = {};
    public static final Text EMPTY = new Text("", NOWHERE, false);

    private final String string;

    /// begin, end, begin, end …: sorted, apart from each other, in UTF-16 positions
    private final int[] data;

    /// Whether a filter has declared the text safe HTML: adding a text to it escapes that text, in a language that else escapes
    /// nothing. A published template depends on it.
    private final boolean isMarkup;

    /// Code points in the string; -1 while nobody has asked.
    private int codePoints = -1;

    private Text(String string, int[] data, boolean isMarkup) {
        this.string = string;
        this.data = data;
        this.isMarkup = isMarkup;
    }

    /// The template's own text.
    public static Text own(String string) {
        return string.isEmpty() ? EMPTY : new Text(string, NOWHERE, false);
    }

    /// Untrusted text.
    static Text data(String string) {
        return string.isEmpty() ? EMPTY : new Text(string, new int[] {0, string.length()}, false);
    }

    static Text of(String string, int[] data) {
        return new Text(string, data.length == 0 ? NOWHERE : data, false);
    }

    public boolean isMarkup() {
        return isMarkup;
    }

    public Text asMarkup() {
        return new Text(string, data, true);
    }

    public String string() {
        return string;
    }

    public int length() {
        return string.length();
    }

    boolean hasData() {
        return data.length > 0;
    }

    /// Length as Python counts it.
    public int codePoints() {
        if (codePoints < 0) {
            codePoints = string.codePointCount(0, string.length());
        }
        return codePoints;
    }

    /// The UTF-16 position of a code point.
    public int position(int codePoint) {
        return codePoints() == string.length()
                ? codePoint
                : string.offsetByCodePoints(0, codePoint);
    }

    /// The part between two UTF-16 positions.
    public Text slice(int begin, int end) {
        if (begin >= end) {
            return EMPTY;
        }
        if (begin == 0 && end == string.length()) {
            return this;
        }
        int first = firstSpanEndingAfter(begin);
        int last = first;
        while (last < data.length && data[last] < end) {
            last += 2;
        }
        var kept = new int[last - first];
        for (int i = first; i < last; i += 2) {
            kept[i - first] = Math.max(data[i], begin) - begin;
            kept[i - first + 1] = Math.min(data[i + 1], end) - begin;
        }
        return new Text(string.substring(begin, end), kept, isMarkup);
    }

    /// By halving: a text may be cut into very many pieces.
    private int firstSpanEndingAfter(int position) {
        int low = 0;
        int high = data.length / 2;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (data[2 * middle + 1] <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return 2 * low;
    }

    public Text sliceFrom(int begin) {
        return slice(begin, string.length());
    }

    /// The same text with other characters, such as upper case. Where the length changed, nobody knows which character
    /// became which: if any was data, all are.
    public Text mappedTo(String result) {
        boolean isExact = data.length == 0 || result.length() == string.length();
        return new Text(result, isExact ? data : new int[] {0, result.length()}, isMarkup);
    }

    /// Hands over the text in pieces, each all data or all the template's own.
    public void forEachRun(RunConsumer consumer) {
        int position = 0;
        for (int i = 0; i < data.length; i += 2) {
            if (position < data[i]) {
                consumer.accept(string.substring(position, data[i]), false);
            }
            consumer.accept(string.substring(data[i], data[i + 1]), true);
            position = data[i + 1];
        }
        if (position < string.length()) {
            consumer.accept(string.substring(position), false);
        }
    }

    /// Takes one run of a text.
    @FunctionalInterface
    public interface RunConsumer {
        void accept(String piece, boolean isData);
    }

    public Rendered rendered() {
        List<Span> spans = new ArrayList<>(data.length / 2);
        for (int i = 0; i < data.length; i += 2) {
            spans.add(new Span(data[i], data[i + 1]));
        }
        return new Rendered(string, spans);
    }

    /// One text per character, as a loop over a string gives.
    List<Value> characters() {
        List<Value> all = new ArrayList<>(string.length());
        for (int i = 0; i < string.length(); ) {
            int next = string.offsetByCodePoints(i, 1);
            all.add(slice(i, next));
            i = next;
        }
        return all;
    }

    @Override
    public String typeName() {
        return "str";
    }

    @Override
    public boolean isTrue() {
        return !string.isEmpty();
    }

    @Override
    public String toString() {
        return string;
    }
}
