package dev.sartor.curate.quality;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Consumer;

/// The words of a text as a list compares them: letters, marks and digits, in lower case and NFKC, without invisible signs; an emoji is a
/// word. A word longer than any of a list is given as an empty one.
final class WordReader {
    private static final int LONGEST = 60;

    private WordReader() {}

    static void forEach(String text, Consumer<String> words) {
        int at = 0;
        while (at < text.length()) {
            int sign = text.codePointAt(at);
            if (isOfWord(sign)) {
                int end = end(text, at);
                words.accept(end - at > LONGEST ? "" : folded(text.substring(at, end)));
                at = end;
            } else {
                if (Character.getType(sign) == Character.OTHER_SYMBOL) {
                    words.accept(Character.toString(sign));
                }
                at += Character.charCount(sign);
            }
        }
    }

    private static int end(String text, int begin) {
        int at = begin;
        while (at < text.length()) {
            int sign = text.codePointAt(at);
            if (!isOfWord(sign) && Character.getType(sign) != Character.FORMAT) {
                break;
            }
            at += Character.charCount(sign);
        }
        return at;
    }

    private static boolean isOfWord(int sign) {
        if (Character.isLetterOrDigit(sign)) {
            return true;
        }
        int type = Character.getType(sign);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static String folded(String word) {
        boolean isPlain = word.chars().allMatch(c -> c < 0x80);
        if (isPlain) {
            return word.toLowerCase(Locale.ROOT);
        }
        var visible = new StringBuilder(word.length());
        word.codePoints()
                .filter(sign -> Character.getType(sign) != Character.FORMAT)
                .forEach(visible::appendCodePoint);
        return Normalizer.normalize(visible, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
