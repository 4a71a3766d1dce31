package dev.sartor.curate.secret;

import java.util.List;
import java.util.function.Consumer;

/// Passwords in calls of curl: `curl -u user:password …`.
record CurlUsers() implements Detector {
    private static final int LONGEST_COMMAND = 600;
    private static final int LONGEST_PASSWORD = 128;
    private static final int SHORTEST = 3;
    private static final List<String> OPTIONS = List.of(" -u", " --user");

    @Override
    public List<String> keywords() {
        return List.of("curl ");
    }

    @Override
    public void look(String text, int start, int end, Consumer<SecretFinding> found) {
        if (!Values.begins(text, start)) {
            return;
        }
        int limit = Math.min(text.length(), end + LONGEST_COMMAND);
        for (var option : OPTIONS) {
            int at = text.indexOf(option, end - 1, limit);
            if (at >= 0) {
                credentials(text, at + option.length(), found);
            }
        }
    }

    private static void credentials(String text, int after, Consumer<SecretFinding> found) {
        int i = after;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '=')) {
            i++;
        }
        if (i >= text.length()) {
            return;
        }
        char quote = Values.isQuote(text.charAt(i)) ? text.charAt(i) : ' ';
        i += quote == ' ' ? 0 : 1;
        int from = -1;
        int start = i;
        while (i < text.length()
                && i - start < LONGEST_PASSWORD
                && text.charAt(i) != quote
                && text.charAt(i) != '\n'
                && !(quote == ' ' && Values.isQuote(text.charAt(i)))) {
            if (text.charAt(i) == ':' && from < 0) {
                from = i + 1;
            }
            i++;
        }
        if (from < 0 || i - from < SHORTEST) {
            return;
        }
        var value = text.substring(from, i);
        if (!Values.isPlaceholder(value) && "$%{<[*".indexOf(value.charAt(0)) < 0) {
            found.accept(
                    new SecretFinding("curl-auth-user", from, i, Values.entropy(text, from, i)));
        }
    }
}
