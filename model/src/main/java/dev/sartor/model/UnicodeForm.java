package dev.sartor.model;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/// Unicode's normalisation forms, keeping track of where each character came from.
enum UnicodeForm implements TextNormaliser {
    NFC(Normalizer.Form.NFC),
    NFD(Normalizer.Form.NFD),
    NFKC(Normalizer.Form.NFKC),
    NFKD(Normalizer.Form.NFKD);

    private final Normalizer.Form form;

    UnicodeForm(Normalizer.Form form) {
        this.form = form;
    }

    @Override
    public AlignedText apply(AlignedText text) {
        var string = text.text();
        if (Normalizer.isNormalized(string, form)) {
            return text;
        }
        var builder = new AlignedText.Builder(text);
        for (int i = 0; i < string.length(); ) {
            int end = clusterEnd(string, i);
            var cluster = string.substring(i, end);
            var normal = Normalizer.normalize(cluster, form);
            if (normal.equals(cluster)) {
                copy(builder, string, i, end);
            } else {
                align(builder, string, i, end, normal);
            }
            i = end;
        }
        return builder.build();
    }

    /// The end of a run of characters that may interact: up to the next one that begins afresh. Latin letters without
    /// marks are runs of one, so that a long text costs time in proportion.
    private static int clusterEnd(String string, int start) {
        int end = start + Character.charCount(string.codePointAt(start));
        while (end < string.length() && joinsBefore(string.codePointAt(end))) {
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

    private static void copy(AlignedText.Builder builder, String string, int start, int end) {
        for (int i = start; i < end; ) {
            int codePoint = string.codePointAt(i);
            int next = i + Character.charCount(codePoint);
            builder.put(codePoint, i, next);
            i = next;
        }
    }

    /// Each source character's decomposition comes from it; a composed character from the first that went into it.
    private void align(
            AlignedText.Builder builder, String string, int start, int end, String normal) {
        var compatible = form == Normalizer.Form.NFKC || form == Normalizer.Form.NFKD;
        var decomposition = compatible ? Normalizer.Form.NFKD : Normalizer.Form.NFD;
        var parts = new StringBuilder();
        var sources = new ArrayList<int[]>(); // for each char of parts: source start, end, used
        for (int i = start; i < end; ) {
            int next = i + Character.charCount(string.codePointAt(i));
            var part = Normalizer.normalize(string.substring(i, next), decomposition);
            parts.append(part);
            for (int j = 0; j < part.length(); j++) {
                sources.add(new int[] {i, next, 0});
            }
            i = next;
        }
        for (int i = 0; i < normal.length(); ) {
            int codePoint = normal.codePointAt(i);
            var wanted = Normalizer.normalize(Character.toString(codePoint), decomposition);
            int[] first = {};
            for (int j = 0; j < wanted.length(); j++) {
                int[] source = take(parts, sources, wanted.charAt(j));
                first = first.length == 0 ? source : first;
            }
            builder.put(
                    codePoint,
                    first.length == 0 ? start : first[0],
                    first.length == 0 ? end : first[1]);
            i += Character.charCount(codePoint);
        }
    }

    private static int[] take(StringBuilder parts, List<int[]> sources, char wanted) {
        for (int i = 0; i < parts.length(); i++) {
            if (parts.charAt(i) == wanted && sources.get(i)[2] == 0) {
                sources.get(i)[2] = 1;
                return sources.get(i);
            }
        }
        return new int[0];
    }

    /// Leaves out the non-spacing marks.
    static AlignedText stripMarks(AlignedText text) {
        var builder = new AlignedText.Builder(text);
        var string = text.text();
        for (int i = 0; i < string.length(); ) {
            int codePoint = string.codePointAt(i);
            int end = i + Character.charCount(codePoint);
            if (Character.getType(codePoint) != Character.NON_SPACING_MARK) {
                builder.put(codePoint, i, end);
            }
            i = end;
        }
        return builder.build();
    }
}
