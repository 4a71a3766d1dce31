package dev.sartor.curate.secret;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.function.Consumer;

/// Tokens that are known by their own form: a prefix or a mark within them, an alphabet and a length.
///
/// @param isWithin whether the keyword stands within the token, and not at its beginning
/// @param form of the whole token, matched by RE2's rules: in time proportional to its length, without backtracking
/// @param longest the most chars that the form matches
/// @param leastEntropy in bits for each char
record TokenRule(
        String id,
        List<String> keywords,
        boolean isWithin,
        Pattern form,
        int longest,
        double leastEntropy)
        implements Detector {
    /// Longer tokens are matched to here, and followed to their end.
    static final int LONGEST = 1_200;

    private static final int LONGEST_OPEN = 65_536;
    private static final int LONGEST_BEFORE = 200;

    @Override
    public void look(String text, int start, int end, Consumer<SecretFinding> found) {
        int from = isWithin ? beginning(text, start) : start;
        if (from < 0 || !Values.begins(text, from)) {
            return;
        }
        var part = text.substring(from, Values.runEnd(text, from, from + longest));
        var matcher = form.matcher(part);
        if (!matcher.lookingAt()) {
            return;
        }
        int to = from + matcher.end();
        if (matcher.end() == LONGEST) {
            int limit = Math.min(text.length(), from + LONGEST_OPEN);
            while (to < limit && isToken(text.charAt(to))) {
                to++;
            }
        }
        if (to < text.length() && Values.isWord(text.charAt(to))) {
            return;
        }
        double entropy = Values.entropy(text, from, to);
        if (entropy >= leastEntropy && !Values.isPlaceholder(text.substring(from, to))) {
            found.accept(new SecretFinding(id, from, to, entropy));
        }
    }

    private static int beginning(String text, int keyword) {
        int from = keyword;
        while (from > 0 && isBefore(text.charAt(from - 1))) {
            from--;
            if (keyword - from > LONGEST_BEFORE) {
                return -1;
            }
        }
        return from;
    }

    private static boolean isBefore(char c) {
        return Values.isName(c) || c == '~';
    }

    private static boolean isToken(char c) {
        return Values.isName(c) || c == '+' || c == '/' || c == '=';
    }
}
