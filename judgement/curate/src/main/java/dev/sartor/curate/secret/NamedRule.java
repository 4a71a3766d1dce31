package dev.sartor.curate.secret;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.function.Consumer;

/// Tokens that have an alphabet and a length alone, and are known by the issuer's name before them: `HEROKU_KEY = "…"`,
/// `"heroku": {"key": "…"}`, `our heroku key is …`. Between the two stand a colon, an equals sign or the like, or `is`, and no more than
/// 64 chars in all.
///
/// @param form of the token, matched by RE2's rules
/// @param longest the most chars that the form matches
/// @param leastEntropy in bits for each char
record NamedRule(String id, List<String> keywords, Pattern form, int longest, double leastEntropy)
        implements Detector {
    private static final int FURTHEST = 64;
    static final int LONGEST = 400;
    private static final String OPERATORS = "=:>,|(";
    private static final String BETWEEN = " \t\"'`)]}[{<\\/;";

    @Override
    public void look(String text, int start, int end, Consumer<SecretFinding> found) {
        int limit = Math.min(text.length(), end + FURTHEST);
        boolean isAssigned = false;
        int i = end;
        while (i < limit) {
            char c = text.charAt(i);
            boolean mayBegin = Values.isName(c) || "+/=".indexOf(c) >= 0;
            if (isAssigned && mayBegin && value(text, i, found)) {
                return;
            }
            if (Values.isName(c)) {
                int to = i;
                while (to < limit && Values.isName(text.charAt(to))) {
                    to++;
                }
                isAssigned |= text.regionMatches(true, i, "is", 0, 2) && to - i == 2;
                i = to;
            } else if (OPERATORS.indexOf(c) >= 0) {
                isAssigned = true;
                i++;
            } else if (BETWEEN.indexOf(c) >= 0 || (isAssigned && (c == '\n' || c == '\r'))) {
                i++;
            } else {
                return;
            }
        }
    }

    private boolean value(String text, int from, Consumer<SecretFinding> found) {
        var part = text.substring(from, Values.runEnd(text, from, from + longest));
        var matcher = form.matcher(part);
        if (!matcher.lookingAt()) {
            return false;
        }
        int to = from + matcher.end();
        if (!ends(text, to)) {
            return false;
        }
        var value = text.substring(from, to);
        double entropy = Values.entropy(text, from, to);
        if (entropy < leastEntropy || !Values.hasDigit(value) || Values.isPlaceholder(value)) {
            return false;
        }
        found.accept(new SecretFinding(id, from, to, entropy));
        return true;
    }

    private static boolean ends(String text, int at) {
        if (at >= text.length()) {
            return true;
        }
        char after = text.charAt(at);
        if (after == '.') {
            return at + 1 >= text.length() || !Values.isWord(text.charAt(at + 1));
        }
        return !Values.isName(after) && "+/=~%".indexOf(after) < 0;
    }
}
