package dev.sartor.tokenizer.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/// Unicode's normalisation forms, keeping track of where each character came from.
public enum UnicodeForm implements TextNormaliser {
    NFC(Normalizer.Form.NFC),
    NFD(Normalizer.Form.NFD),
    NFKC(Normalizer.Form.NFKC),
    NFKD(Normalizer.Form.NFKD);

    private static final int LONGEST_RUN = 256;

    private final Normalizer.Form form;

    UnicodeForm(Normalizer.Form form) {
        this.form = form;
    }

    @Override
    public AlignedText apply(AlignedText text) {
        var string = text.text();
        if (firstChanged(string) == string.length()) {
            return text;
        }
        var builder = new AlignedText.Builder(text);
        int same = 0; // what stays as it is, up to here, is copied at once
        for (int i = 0; i < string.length(); ) {
            int end = clusterEnd(string, i);
            if (!isAscii(string, i, end)) {
                var normal = normal(string, i, end);
                if (!normal.equals(string.substring(i, end))) {
                    builder.copy(same, i);
                    align(builder, string, i, end, normal);
                    same = end;
                }
            }
            i = end;
        }
        return builder.copy(same, string.length()).build();
    }

    private static boolean isAscii(String string, int start, int end) {
        return end == start + 1 && string.charAt(start) < 0x80;
    }

    /// Looks run by run: the JVM's own answer for a whole text takes quadratic time on a hostile one.
    private int firstChanged(String string) {
        int start = 0;
        while (start < string.length()) {
            int end = clusterEnd(string, start);
            if (!isAscii(string, start, end)
                    && !normal(string, start, end).equals(string.substring(start, end))) {
                return start;
            }
            start = end;
        }
        return start;
    }

    private String normal(String string, int start, int end) {
        return Normalizer.normalize(string.substring(start, end), form);
    }

    /// The end of a run of characters that may interact: up to the next one that begins afresh. Latin letters without
    /// marks are runs of one, and no run is longer than a text may sensibly have it, so that a long text costs time in
    /// proportion (Unicode's stream-safe format allows 30 marks in a row).
    private static int clusterEnd(String string, int start) {
        int end = start + Character.charCount(string.codePointAt(start));
        while (end < string.length()
                && end - start < LONGEST_RUN
                && joinsBefore(string.codePointAt(end))) {
            end += Character.charCount(string.codePointAt(end));
        }
        return end;
    }

    private static boolean joinsBefore(int codePoint) {
        if (codePoint < 0x300) {
            return false;
        }
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK ->
                    true;
            default ->
                    (codePoint >= 0x1160 && codePoint <= 0x11ff) // Hangul vowels and finals
                            || (codePoint >= 0xff9e
                                    && codePoint <= 0xff9f); // half-width voice marks
        };
    }

    /// HF's way of telling where characters come from: each takes the next of the source, but one that a decomposition
    /// added stands where the one before it does, and one composed of several passes over the rest of them.
    private void align(
            AlignedText.Builder builder, String string, int start, int end, String normal) {
        boolean compatible = form == Normalizer.Form.NFKC || form == Normalizer.Form.NFKD;
        var decomposition = compatible ? Normalizer.Form.NFKD : Normalizer.Form.NFD;
        var parts = new Parts();
        for (int i = start; i < end; ) {
            int next = i + Character.charCount(string.codePointAt(i));
            parts.add(Normalizer.normalize(string.substring(i, next), decomposition));
            i = next;
        }
        int place = start;
        int before = start;
        for (int i = 0; i < normal.length(); ) {
            int codePoint = normal.codePointAt(i);
            int added =
                    parts.take(Normalizer.normalize(Character.toString(codePoint), decomposition));
            if (added <= 0 && place < end) {
                before = place;
            }
            builder.put(
                    codePoint, before, before + Character.charCount(string.codePointAt(before)));
            for (int passed = added; passed <= 0 && place < end; passed++) {
                place += Character.charCount(string.codePointAt(place));
            }
            i += Character.charCount(codePoint);
        }
    }

    /// The decomposed code points of a cluster, each to be taken once.
    private static final class Parts {
        private final List<Integer> codePoints = new ArrayList<>();
        private final List<Integer> added = new ArrayList<>();

        void add(String decomposed) {
            int count = 0;
            for (int codePoint : decomposed.codePoints().toArray()) {
                codePoints.add(codePoint);
                added.add(count++ == 0 ? 0 : 1);
            }
        }

        /// By how many characters the text grew where these were taken together; negative if it shrank.
        int take(String decomposed) {
            int growth = 0;
            int count = 0;
            for (int codePoint : decomposed.codePoints().toArray()) {
                int found = codePoints.indexOf(codePoint);
                if (found >= 0) {
                    codePoints.remove(/* index */ found);
                    growth += added.remove(/* index */ found);
                }
                count++;
            }
            return growth - (count - 1);
        }
    }
}
