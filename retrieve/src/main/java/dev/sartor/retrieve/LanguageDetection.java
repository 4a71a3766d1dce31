package dev.sartor.retrieve;

import java.lang.Character.UnicodeScript;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which language a text is in, of those whose words can be folded. It is told by its function words: those that the stop
/// word list of one language has and that of another has not. Greek, Chinese, Japanese and Korean are told by their letters.
/// The same text gives the same language everywhere; decision 0039 says how often it is the right one.
final class LanguageDetection {
    /// More of a text is not looked at, in characters.
    static final int LOOKED_AT = 20_000;

    /// Function words that a text has to have: one alone may be a name.
    private static final int LEAST_WORDS = 2;

    /// Their share of all words. Texts have 0.3 to 0.5, those of languages with many endings 0.15 to 0.3, those of a related
    /// language that is not among these less.
    private static final double LEAST_SHARE = 0.15;

    /// Of the words that only one of two languages has, so large a share must be the likelier one's.
    private static final double LEAST_OWN = 0.7;

    private LanguageDetection() {}

    /// @return empty where it is not sure
    static Optional<Analysis> of(String text) {
        var looked = text.substring(0, Math.min(text.length(), LOOKED_AT));
        var byLetters = byLetters(looked);
        return byLetters.isPresent() ? byLetters : byWords(looked);
    }

    private static Optional<Analysis> byLetters(String text) {
        int letters = 0;
        int greek = 0;
        int cjk = 0;
        for (int at = 0; at < text.length(); ) {
            int sign = text.codePointAt(at);
            at += Character.charCount(sign);
            if (sign < 0x370) { // Latin letters, and what is none
                letters += Character.isLetter(sign) ? 1 : 0;
                continue;
            }
            switch (UnicodeScript.of(sign)) {
                case GREEK -> greek++;
                case HAN, HIRAGANA, KATAKANA, HANGUL -> cjk++;
                default -> letters += Character.isLetter(sign) ? 1 : 0;
            }
        }
        if (cjk > letters + greek) {
            return Optional.of(Analysis.CJK);
        }
        return greek > letters + cjk ? Optional.of(Analysis.GREEK) : Optional.empty();
    }

    private static Optional<Analysis> byWords(String text) {
        var counted = new HashMap<Long, Integer>();
        int words = 0;
        for (int at = 0; at < text.length(); ) {
            int end = at;
            while (end < text.length() && isOfWord(text.charAt(end))) {
                end++;
            }
            if (end > at && (end - at > 1 || text.charAt(at) > 'z')) { // a Latin letter alone is a sign
                counted.merge(languagesOf(text.substring(at, end)), 1, Integer::sum);
                words++;
            }
            at = end + 1;
        }
        return likeliest(counted, words);
    }

    private static boolean isOfWord(char sign) {
        return Character.isLetter(sign)
                || Character.getType(sign) == Character.NON_SPACING_MARK
                || Character.getType(sign) == Character.COMBINING_SPACING_MARK;
    }

    private static long languagesOf(String word) {
        return FunctionWords.languagesOf(word.toLowerCase(Locale.ROOT));
    }

    /// @param counted how many words are function words of the same languages
    private static Optional<Analysis> likeliest(Map<Long, Integer> counted, int words) {
        var best = Analysis.ENGLISH;
        int most = 0;
        for (var language : Analysis.values()) {
            int own = sum(counted, FunctionWords.bit(language), 0);
            if (own > most) {
                best = language;
                most = own;
            }
        }
        if (most < Math.max(LEAST_WORDS, LEAST_SHARE * words)) {
            return Optional.empty();
        }
        for (var other : Analysis.values()) {
            if (other != best) {
                int own = sum(counted, FunctionWords.bit(best), FunctionWords.bit(other));
                int others = sum(counted, FunctionWords.bit(other), FunctionWords.bit(best));
                if (own == 0 || own < LEAST_OWN * (own + others)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(best);
    }

    /// How many words are of the one language and not of the other.
    private static int sum(Map<Long, Integer> counted, long of, long notOf) {
        int sum = 0;
        for (var each : counted.entrySet()) {
            sum += (each.getKey() & of) != 0 && (each.getKey() & notOf) == 0 ? each.getValue() : 0;
        }
        return sum;
    }
}
