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
        var spaced = clean || spaceIdeographs ? cleaned(text) : text;
        var plain = stripAccents ? UnicodeForm.stripMarks(UnicodeForm.NFD.apply(spaced)) : spaced;
        return lowerCase ? lowered(plain) : plain;
    }

    private AlignedText cleaned(AlignedText text) {
        var builder = new AlignedText.Builder(text);
        var string = text.text();
        for (int i = 0; i < string.length(); ) {
            int codePoint = string.codePointAt(i);
            int end = i + Character.charCount(codePoint);
            if (spaceIdeographs && isIdeograph(codePoint)) {
                builder.put(' ', i, end).put(codePoint, i, end).put(' ', i, end);
            } else if (!clean) {
                builder.put(codePoint, i, end);
            } else if (!isRemoved(codePoint)) {
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

    private static boolean isRemoved(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL -> codePoint != '\t' && codePoint != '\n' && codePoint != '\r';
            case Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
            default -> codePoint == 0xfffd;
        };
    }

    private static boolean isIdeograph(int c) {
        return c >= 0x3400
                && (c <= 0x4dbf
                        || (c >= 0x4e00 && c <= 0x9fff)
                        || (c >= 0xf900 && c <= 0xfaff)
                        || (c >= 0x20000 && c <= 0x2a6df)
                        || (c >= 0x2a700 && c <= 0x2b81f)
                        || (c >= 0x2b920 && c <= 0x2ceaf)
                        || (c >= 0x2f800 && c <= 0x2fa1f));
    }

    /// Whether BERT's pre-tokenizer makes a word of its own of this code point.
    static boolean isPunctuation(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint > ' ' && codePoint < 0x7f && !Character.isLetterOrDigit(codePoint);
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION ->
                    true;
            default -> false;
        };
    }
}
