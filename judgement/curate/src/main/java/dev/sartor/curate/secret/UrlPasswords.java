package dev.sartor.curate.secret;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Passwords in the addresses of databases and servers: `postgres://user:password@host`.
record UrlPasswords() implements Detector {
    private static final int LONGEST_USER = 80;
    private static final int LONGEST_PASSWORD = 200;
    private static final int SHORTEST = 3;
    private static final double LEAST_ENTROPY = 1.5;

    /// What manuals write.
    private static final Set<String> MANUALS =
            Set.of("password", "pass", "pwd", "secret", "user", "username", "token", "passwd");

    @Override
    public List<String> keywords() {
        return List.of("://");
    }

    @Override
    public void look(String text, int start, int end, Consumer<SecretFinding> found) {
        int colon = end;
        while (colon < text.length()
                && colon - end < LONGEST_USER
                && isPart(text.charAt(colon))
                && text.charAt(colon) != ':') {
            colon++;
        }
        if (colon >= text.length() || text.charAt(colon) != ':') {
            return;
        }
        int from = colon + 1;
        int to = from;
        while (to < text.length() && to - from < LONGEST_PASSWORD && isPart(text.charAt(to))) {
            to++;
        }
        if (to - from < SHORTEST
                || to + 1 >= text.length()
                || text.charAt(to) != '@'
                || (!Values.isWord(text.charAt(to + 1)) && text.charAt(to + 1) != '[')) {
            return;
        }
        var value = text.substring(from, to);
        double entropy = Values.entropy(text, from, to);
        boolean stands = "$%{<[*".indexOf(value.charAt(0)) >= 0 || Values.isPlaceholder(value);
        if (entropy >= LEAST_ENTROPY && !stands && !MANUALS.contains(value)) {
            found.accept(new SecretFinding("url-password", from, to, entropy));
        }
    }

    private static boolean isPart(char c) {
        return !Values.isSpace(c) && !Values.isQuote(c) && "/@<>?#\\".indexOf(c) < 0;
    }
}
