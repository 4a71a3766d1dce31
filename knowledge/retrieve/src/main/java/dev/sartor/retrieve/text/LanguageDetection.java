package dev.sartor.retrieve.text;

import java.lang.Character.UnicodeScript;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which language a text is in, of those whose words can be folded. It is told by its function words: those that the stop
/// word list of one language has and that of another has not. Greek, Chinese, Japanese and Korean are told by their letters.
/// The same text gives the same language everywhere; decision 0024 says how often it is the right one.
public final class LanguageDetection {
    /// More of a text is not looked at, in characters.
    static final int LOOKED_AT = 20_000;

    /// Function words that a text has to have: one alone may be a name.
    private static final int LEAST_WORDS = 2;

    /// A word counts so often, so that "Los Angeles" does not make a text Spanish.
    private static final int MOST_OF_ONE = 3;

    /// Their share of all words. Prose has 0.3 to 0.5, less where a language has many endings, and technical texts less.
    private static final double LEAST_SHARE = 0.08;

    /// Of the words that only one of two languages has, so large a share must be the likelier one's.
    private static final double LEAST_OWN = 0.6;

    /// The first letter that is not Latin.
    private static final char FIRST_OTHER = 0x370;

    private LanguageDetection() {}

    /// @return empty where it is not sure
    public static Optional<Analysis> of(String text) {
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
            if (sign < FIRST_OTHER) {
                letters += Character.isLetter(sign) ? 1 : 0;
                continue;
            }
            switch (UnicodeScript.of(sign)) {
                case GREEK -> greek++;
                case HAN, HIRAGANA, KATAKANA, HANGUL -> cjk++;
                default -> letters += Character.isLetter(sign) ? 1 : 0;
            }
        }
        if (2 * cjk > letters + greek) {
            return Optional.of(Analysis.CJK);
        }
        return greek > letters + cjk ? Optional.of(Analysis.GREEK) : Optional.empty();
    }

    /// Where a third of the words are not in Latin letters, they alone tell: other texts are full of Latin names.
    private static Optional<Analysis> byWords(String text) {
        var latin = new HashMap<String, Integer>();
        var other = new HashMap<String, Integer>();
        for (int at = 0; at < text.length(); ) {
            int end = at;
            while (end < text.length() && isOfWord(text.charAt(end))) {
                end++;
            }
            if (end > at
                    && (end - at > 1 || text.charAt(at) > 'z')) { // a Latin letter alone is a sign
                var counted = text.charAt(at) < FIRST_OTHER ? latin : other;
                counted.merge(text.substring(at, end).toLowerCase(Locale.ROOT), 1, Integer::sum);
            }
            at = end + 1;
        }
        return likeliest(2 * sum(other) > sum(latin) ? other : latin);
    }

    private static int sum(Map<?, Integer> counted) {
        return counted.values().stream().mapToInt(each -> each).sum();
    }

    private static boolean isOfWord(char sign) {
        return Character.isLetter(sign)
                || Character.getType(sign) == Character.NON_SPACING_MARK
                || Character.getType(sign) == Character.COMBINING_SPACING_MARK;
    }

    private static Optional<Analysis> likeliest(Map<String, Integer> words) {
        var counted = new HashMap<Long, Integer>();
        int functionWords = 0;
        for (var word : words.entrySet()) {
            long languages = FunctionWords.languagesOf(word.getKey());
            counted.merge(languages, Math.min(word.getValue(), MOST_OF_ONE), Integer::sum);
            functionWords += languages == 0 ? 0 : word.getValue();
        }
        int best = 0;
        int most = 0;
        for (int language = 0; language < FunctionWords.languages(); language++) {
            int its = sum(counted, 1L << language, 0);
            if (its > most) {
                best = language;
                most = its;
            }
        }
        boolean isSure = most >= LEAST_WORDS && functionWords >= LEAST_SHARE * sum(words);
        for (int other = 0; other < FunctionWords.languages() && isSure; other++) {
            int own = sum(counted, 1L << best, 1L << other);
            int others = sum(counted, 1L << other, 1L << best);
            isSure = other == best || (own > 0 && own >= LEAST_OWN * (own + others));
        }
        return isSure ? FunctionWords.language(best) : Optional.empty();
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
