package dev.sartor.curate.quality;

/// What stands in a text that should not, character by character.
///
/// @param letters or digits
/// @param signs that are not white space
/// @param replaced U+FFFD, which stands where a byte could not be read
/// @param controls C0 and C1 controls but tab and line ends, byte order marks within, characters that Unicode has not, and halves of
///     surrogate pairs
record Letters(long letters, long signs, long replaced, long controls) {
    static Letters of(String text) {
        long letters = 0;
        long signs = 0;
        long replaced = 0;
        long controls = 0;
        for (int at = 0; at < text.length(); ) {
            int sign = text.codePointAt(at);
            letters += Character.isLetterOrDigit(sign) ? 1 : 0;
            signs += Character.isWhitespace(sign) || sign == 0xA0 ? 0 : 1;
            replaced += sign == 0xFFFD ? 1 : 0;
            controls += isControl(sign, at) ? 1 : 0;
            at += Character.charCount(sign);
        }
        return new Letters(letters, signs, replaced, controls);
    }

    static boolean isControl(int sign, int at) {
        if (sign < 0x20) {
            return sign != '\t' && sign != '\n' && sign != '\r' && sign != '\f';
        }
        return (sign >= 0x7F && sign < 0xA0 && sign != 0x85)
                || (sign == 0xFEFF && at > 0)
                || (sign >= 0xD800 && sign <= 0xDFFF)
                || (sign >= 0xFDD0 && sign <= 0xFDEF)
                || (sign & 0xFFFE) == 0xFFFE;
    }

    /// The text without controls.
    static String cleaned(String text) {
        var kept = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            int sign = text.codePointAt(at);
            if (!isControl(sign, at)) {
                kept.appendCodePoint(sign);
            }
            at += Character.charCount(sign);
        }
        return kept.toString();
    }
}
