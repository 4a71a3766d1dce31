package dev.sartor.curate.quality;

/// How a text ends: whether what was begun is ended.
final class Endings {
    private static final String ENDS = ".!?…。！？।؟:;|`~\")]}>»”’'“*_%°€$";
    private static final String OPENERS = "([{“„«‹";
    private static final String CLOSERS = ")]}”“»›";

    /// The first of the openers that is a quotation mark: »…« is closed by one of them.
    private static final int QUOTES = 3;

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
        int type = Character.getType(sign);
        return type == Character.OTHER_SYMBOL
                || type == Character.MODIFIER_SYMBOL
                || type == Character.FORMAT
                || (type == Character.NON_SPACING_MARK && sign >= 0xFE00); // emoji
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
