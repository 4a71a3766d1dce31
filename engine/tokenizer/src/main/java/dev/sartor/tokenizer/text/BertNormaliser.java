package dev.sartor.tokenizer.text;

import java.util.Locale;

/// BERT's basic normalisation (google-research/bert, tokenization.py), as HF's library does it.
///
/// @param clean removes control characters and makes every white space a blank
/// @param spaceIdeographs puts blanks around CJK ideographs, so that each is a word
/// @param stripAccents decomposes characters and leaves out the marks
/// @param lowerCase without regard to the characters around
public record BertNormaliser(
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
        int same = 0; // what stays as it is, up to here, is copied at once
        for (int i = 0; i < string.length(); ) {
            int codePoint = string.codePointAt(i);
            int end = i + Character.charCount(codePoint);
            boolean ideograph = spaceIdeographs && BertCharacters.isIdeograph(codePoint);
            boolean removed = clean && BertCharacters.isRemoved(codePoint);
            boolean blank = clean && codePoint != ' ' && CharKinds.isSpace(codePoint);
            if (ideograph || removed || blank) {
                builder.copy(same, i);
                same = end;
                if (ideograph) {
                    builder.put(' ', i, end).put(codePoint, i, end).put(' ', i, end);
                } else if (!removed) {
                    builder.put(' ', i, end);
                }
            }
            i = end;
        }
        return builder.copy(same, string.length()).build();
    }

    /// Each character alone, without regard to those around it.
    public static AlignedText lowered(AlignedText text) {
        var builder = new AlignedText.Builder(text);
        var string = text.text();
        int same = 0; // what stays as it is, up to here, is copied at once
        for (int i = 0; i < string.length(); ) {
            int codePoint = string.codePointAt(i);
            int end = i + Character.charCount(codePoint);
            boolean stays = codePoint < 0x80 && (codePoint < 'A' || codePoint > 'Z');
            if (!stays && (codePoint < 0x80 || Character.toLowerCase(codePoint) != codePoint)) {
                builder.copy(same, i);
                builder.put(string.substring(i, end).toLowerCase(Locale.ROOT), i, end);
                same = end;
            }
            i = end;
        }
        return builder.copy(same, string.length()).build();
    }
}
