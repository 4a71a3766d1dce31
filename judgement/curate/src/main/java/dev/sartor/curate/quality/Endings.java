package dev.sartor.curate.quality;

import java.util.Locale;
import java.util.Set;

/// How a text ends: whether what was begun is ended.
final class Endings {
    private static final String ENDS = ".!?…。！？।؟:;|`~\")]}>»”’'“*_%°€$";
    private static final String OPENERS = "([{“„«‹";
    private static final String CLOSERS = ")]}”“»›";

    /// The first of the openers that is a quotation mark: »…« is closed by one of them.
    private static final int QUOTES = 3;

    private static final int LONGEST_WORD = 8;
    private static final int LONGEST_ADDRESS = 200;

    /// Articles, conjunctions and prepositions of a few languages.
    private static final Set<String> ENDS_NOTHING =
            Set.of(
                    "the", "a", "an", "and", "or", "but", "of", "from", "than", "because", "if",
                    "your", "their", "our", "der", "dem", "den", "und", "oder", "aber", "ein",
                    "eine", "einen", "einer", "eines", "weil", "dass", "le", "la", "les", "et",
                    "ou", "mais", "du", "des", "une", "parce", "el", "los", "las", "y", "o", "pero",
                    "una", "porque", "il", "gli", "e", "ma", "di", "het", "een", "en", "maar",
                    "van");

    private Endings() {}

    /// With a sign that ends a sentence, or closes something, or stands for a mood, or a digit: not within a word or after a comma.
    static boolean isProper(String text) {
        int last = text.length();
        while (last > 0 && Lines.isBlank(text.charAt(last - 1))) {
            last--;
        }
        if (last == 0) {
            return true;
        }
        int sign = text.codePointBefore(last);
        if (ENDS.indexOf(sign) >= 0 || Character.isDigit(sign)) {
            return true;
        }
        if (isAddress(text, last)) {
            return true;
        }
        int type = Character.getType(sign);
        return type == Character.OTHER_SYMBOL
                || type == Character.MODIFIER_SYMBOL
                || type == Character.FORMAT
                || (type == Character.NON_SPACING_MARK && sign >= 0xFE00); // emoji
    }

    /// Whether the last word is a file, a page or somebody's address, behind which people set no full stop.
    private static boolean isAddress(String text, int last) {
        for (int i = last - 1;
                i > 0 && last - i < LONGEST_ADDRESS && !Lines.isBlank(text.charAt(i));
                i--) {
            if (text.charAt(i) == '@'
                    || text.charAt(i) == '/'
                    || (text.charAt(i) == '.' && !Lines.isBlank(text.charAt(i - 1)))) {
                return true;
            }
        }
        return false;
    }

    /// Whether the text stops after a comma or a dash, or after a word that ends no sentence.
    static boolean isWithinSentence(String text) {
        int last = text.length();
        while (last > 0 && Lines.isBlank(text.charAt(last - 1))) {
            last--;
        }
        if (last == 0 || ",-–—([{&/".indexOf(text.charAt(last - 1)) >= 0) {
            return last > 0;
        }
        int first = last;
        while (first > 0
                && last - first < LONGEST_WORD
                && Character.isLetter(text.charAt(first - 1))) {
            first--;
        }
        return ENDS_NOTHING.contains(text.substring(first, last).toLowerCase(Locale.ROOT));
    }

    /// Brackets, quotation marks and code fences that are open at the end. A mouth as in `:(` opens nothing.
    static int unclosed(String text) {
        var open = new int[OPENERS.length()];
        boolean isFenced = false;
        int straight = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '`' && text.startsWith("```", i) && (i == 0 || text.charAt(i - 1) == '\n')) {
                isFenced = !isFenced;
                i += 2;
                continue;
            }
            if (isFenced) {
                continue;
            }
            straight += c == '"' && !isInch(text, i) ? 1 : 0;
            int closes = CLOSERS.indexOf(c);
            if (closes >= 0 && open[closes] > 0) {
                open[closes]--;
                continue;
            }
            if (c == '”' && open[4] > 0) { // „ is closed by “ in German, by ” in Polish
                open[4]--;
                continue;
            }
            int opens = OPENERS.indexOf(c);
            if (opens >= 0 && !isMouth(text, i) && (opens < QUOTES || isAtStart(text, i))) {
                open[opens]++;
            }
        }
        int sum = straight % 2 + (isFenced ? 1 : 0);
        for (int each : open) {
            sum += each;
        }
        return sum;
    }

    static boolean isFenceOpen(String text) {
        boolean isOpen = false;
        for (int i = text.indexOf("```"); i >= 0; i = text.indexOf("```", i + 3)) {
            isOpen ^= i == 0 || text.charAt(i - 1) == '\n';
        }
        return isOpen;
    }

    private static boolean isAtStart(String text, int at) {
        return at == 0 || Lines.isBlank(text.charAt(at - 1)) || text.charAt(at - 1) == '(';
    }

    private static boolean isInch(String text, int at) {
        return at > 0 && Character.isDigit(text.charAt(at - 1));
    }

    private static boolean isMouth(String text, int at) {
        return at > 0 && ":;=-".indexOf(text.charAt(at - 1)) >= 0;
    }
}
