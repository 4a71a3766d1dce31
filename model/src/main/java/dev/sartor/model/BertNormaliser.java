package dev.sartor.model;

import java.util.Locale;

/// BERT's basic normalisation (google-research/bert, tokenization.py), as HF's library does it.
///
/// @param clean removes control characters and makes every white space a blank
/// @param spaceIdeographs puts blanks around CJK ideographs, so that each is a word
/// @param stripAccents decomposes characters and leaves out the marks
/// @param lowerCase without regard to the characters around
record BertNormaliser(
        boolean clean, boolean spaceIdeographs, boolean stripAccents, boolean lowerCase)
        implements TextNormaliser {

    @Override
    public AlignedText apply(AlignedText text) {
        var string = text.text();
        if (isPlain(string)) {
            var spaced = clean ? blanks(string) : string;
            return text.withText(lowerCase ? spaced.toLowerCase(Locale.ROOT) : spaced);
        }
        var spaced = clean || spaceIdeographs ? cleaned(text) : text;
        var plain =
                stripAccents
                        ? Normalisers.without(BertCharacters::isMark)
                                .apply(UnicodeForm.NFD.apply(spaced))
                        : spaced;
        return lowerCase ? lowered(plain) : plain;
    }

    /// ASCII without control characters; most texts are.
    private static boolean isPlain(String string) {
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c >= 0x7f || (c < ' ' && c != '\n' && c != '\t' && c != '\r')) {
                return false;
            }
        }
        return true;
    }

    private static String blanks(String string) {
        return string.replace('\n', ' ').replace('\t', ' ').replace('\r', ' ');
    }

    private AlignedText cleaned(AlignedText text) {
        var builder = new AlignedText.Builder(text);
        var string = text.text();
        for (int i = 0; i < string.length(); ) {
            int codePoint = string.codePointAt(i);
            int end = i + Character.charCount(codePoint);
            if (spaceIdeographs && BertCharacters.isIdeograph(codePoint)) {
                builder.put(' ', i, end).put(codePoint, i, end).put(' ', i, end);
            } else if (!clean) {
                builder.put(codePoint, i, end);
            } else if (!BertCharacters.isRemoved(codePoint)) {
                builder.put(CharKinds.isSpace(codePoint) ? ' ' : codePoint, i, end);
            }
            i = end;
        }
        return builder.build();
    }

    static AlignedText lowered(AlignedText text) {
        var builder = new AlignedText.Builder(text);
        var string = text.text();
        for (int i = 0; i < string.length(); ) {
            int codePoint = string.codePointAt(i);
            int end = i + Character.charCount(codePoint);
            if (codePoint < 0x80) {
                builder.put(Character.toLowerCase(codePoint), i, end);
            } else {
                builder.put(string.substring(i, end).toLowerCase(Locale.ROOT), i, end);
            }
            i = end;
        }
        return builder.build();
    }
}
