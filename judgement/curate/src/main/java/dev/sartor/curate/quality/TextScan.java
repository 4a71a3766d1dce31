package dev.sartor.curate.quality;

import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Locale;

/// Counts words, signs and lines of a text in one pass.
final class TextScan {
    private static final List<String> STOP_WORDS =
            List.of("the", "be", "to", "of", "and", "that", "have", "with");
    private static final int LONGEST_STOP_WORD = 4;
    private static final char FIRST_UNSPACED = 0xE00; // Thai

    private final String text;
    private long words;
    private long wordCharacters;
    private long alphabeticWords;
    private long hashes;
    private long ellipses;
    private long letters;
    private long unspacedLetters;
    private int stopWords; // a bit for each
    private long lines;
    private long bulletLines;
    private long ellipsisLines;

    private TextScan(String text) {
        this.text = text;
    }

    static TextScan of(String text) {
        var scan = new TextScan(text);
        scan.words();
        scan.lines();
        return scan;
    }

    private void words() {
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\u00a0') {
                at++;
                continue;
            }
            at = word(at);
        }
    }

    /// @return where it ends
    private int word(int begin) {
        boolean hasLetter = false;
        int at = begin;
        while (at < text.length()) {
            int sign = text.codePointAt(at);
            if (Character.isWhitespace(sign) || sign == 0xa0) {
                break;
            }
            int width = Character.charCount(sign);
            if (Character.isLetter(sign)) {
                hasLetter = true;
                letters++;
                unspacedLetters += isUnspaced(sign) ? 1 : 0;
            } else if (sign == '#') {
                hashes++;
            } else if (sign == '…') {
                ellipses++;
            } else if (sign == '.' && text.startsWith("...", at)) {
                ellipses++;
                wordCharacters += 2;
                width = 3;
            }
            wordCharacters++;
            at += width;
        }
        words++;
        alphabeticWords += hasLetter ? 1 : 0;
        stopWord(begin, at);
        return at;
    }

    /// Without the punctuation around it.
    private void stopWord(int begin, int end) {
        int first = begin;
        int last = end;
        while (first < last && !Character.isLetter(text.charAt(first))) {
            first++;
        }
        while (last > first && !Character.isLetter(text.charAt(last - 1))) {
            last--;
        }
        if (last - first < 2 || last - first > LONGEST_STOP_WORD) {
            return;
        }
        int which = STOP_WORDS.indexOf(text.substring(first, last).toLowerCase(Locale.ROOT));
        stopWords |= which < 0 ? 0 : 1 << which;
    }

    static boolean isUnspaced(int sign) {
        if (sign < FIRST_UNSPACED) {
            return false;
        }
        return switch (UnicodeScript.of(sign)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }

    private void lines() {
        Lines.forEach(
                text,
                (begin, end) -> {
                    lines++;
                    bulletLines += isBullet(begin, end) ? 1 : 0;
                    ellipsisLines +=
                            text.charAt(end - 1) == '…' || text.startsWith("...", end - 3) ? 1 : 0;
                    return true;
                });
    }

    private boolean isBullet(int begin, int end) {
        return switch (text.charAt(begin)) {
            case '•', '‣', '◦', '▪', '●', '■', '▶', '·' -> true;
            case '-', '*', '–', '+' ->
                    begin + 1 < end && Character.isWhitespace(text.charAt(begin + 1));
            default -> false;
        };
    }

    /// Whether most letters are of scripts that set no blanks between words, of which words cannot be told by blanks.
    boolean isUnspaced() {
        return 2 * unspacedLetters > letters;
    }

    long wordCount() {
        return isUnspaced() ? unspacedLetters : words;
    }

    /// NaN where a rule does not apply to the text.
    double value(QualityRule rule) {
        return switch (rule) {
            case WORDS -> wordCount();
            case MEAN_WORD_LENGTH -> isUnspaced() ? Double.NaN : ratio(wordCharacters, words);
            case HASHES_PER_WORD -> ratio(hashes, wordCount());
            case ELLIPSES_PER_WORD -> ratio(ellipses, wordCount());
            case BULLET_LINES -> ratio(bulletLines, lines);
            case ELLIPSIS_LINES -> ratio(ellipsisLines, lines);
            case ALPHABETIC_WORDS -> isUnspaced() ? Double.NaN : ratio(alphabeticWords, words);
            case STOP_WORDS -> isUnspaced() ? Double.NaN : Integer.bitCount(stopWords);
            default -> Double.NaN;
        };
    }

    static double ratio(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}
