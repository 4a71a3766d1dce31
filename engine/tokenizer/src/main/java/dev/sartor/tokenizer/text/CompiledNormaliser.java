package dev.sartor.tokenizer.text;

import java.util.regex.Pattern;

/// sentencepiece's compiled rules as HF's library applies them (spm_precompiled): to each grapheme of up to five bytes as
/// a whole, else to each of its characters; of several rules for a text's beginning the shortest one's replaces all of
/// it.
public record CompiledNormaliser(CharsMap map) implements TextNormaliser {
    private static final Pattern GRAPHEME = Pattern.compile("\\X");
    private static final int LONGEST = 6;

    @Override
    public AlignedText apply(AlignedText text) {
        var string = text.text();
        var pass = new Pass(text);
        var graphemes = GRAPHEME.matcher(string);
        for (int i = 0; i < string.length(); ) {
            int end = i + 1;
            if (!standsAlone(string, i)) {
                end = graphemes.find(i) ? graphemes.end() : string.length();
            }
            if (bytes(string, i, end) >= LONGEST || !pass.replaced(i, end)) {
                pass.eachOf(i, end);
            }
            i = end;
        }
        return pass.builder.build();
    }

    /// Most characters, quickly: ASCII before ASCII.
    private static boolean standsAlone(String string, int i) {
        return string.charAt(i) < 0x80
                && string.charAt(i) != '\r'
                && (i + 1 == string.length() || string.charAt(i + 1) < 0x80);
    }

    private static int bytes(String string, int start, int end) {
        int bytes = 0;
        for (int i = start; i < end && bytes < LONGEST; i++) {
            char c = string.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    /// One text on its way. A character stands where the source's next one does, one too many where the one before it;
    /// characters left out count as the one before's, or, at the beginning, not at all, so that all that follow stand
    /// too far to the left there.
    private final class Pass {
        private final AlignedText text;
        private final AlignedText.Builder builder;
        private int place;
        private int before = -1;

        Pass(AlignedText text) {
            this.text = text;
            this.builder = new AlignedText.Builder(text);
        }

        private int after(int index) {
            return index + Character.charCount(text.codePointAt(index));
        }

        void eachOf(int start, int end) {
            for (int i = start; i < end; ) {
                int next = after(i);
                if (!replaced(i, next)) {
                    put(text.codePointAt(i));
                }
                i = next;
            }
        }

        boolean replaced(int start, int end) {
            var match = map.match(text, start, end, true);
            if (match.isEmpty()) {
                return false;
            }
            int left = text.slice(start, end).text().codePointCount(0, end - start);
            for (int codePoint : match.get().replacement().codePoints().toArray()) {
                if (left-- > 0) {
                    put(codePoint);
                } else {
                    builder.put(codePoint, before, after(before));
                }
            }
            while (left-- > 0 && before >= 0) {
                place = after(place);
            }
            return true;
        }

        private void put(int codePoint) {
            before = place;
            place = after(place);
            builder.put(codePoint, before, place);
        }
    }
}
