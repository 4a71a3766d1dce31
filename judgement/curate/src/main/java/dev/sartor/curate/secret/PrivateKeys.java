package dev.sartor.curate.secret;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Private keys in PEM (RFC 7468), PGP's too; whole, or cut off before their end.
record PrivateKeys() implements Detector {
    private static final String DASHES = "-----";
    private static final int LONGEST_LABEL = 100;
    private static final int LONGEST = 32_768;
    private static final int SHORTEST = 64;

    @Override
    public List<String> keywords() {
        return List.of("-----begin");
    }

    @Override
    public void look(String text, int start, int end, Consumer<SecretFinding> found) {
        int label = indexOf(text, end, end + LONGEST_LABEL);
        if (label < 0
                || !text.substring(end, label).toUpperCase(Locale.ROOT).contains("PRIVATE KEY")) {
            return;
        }
        int body = label + DASHES.length();
        int to = indexOf(text, body, body + LONGEST);
        if (to < 0) {
            to = body;
            int limit = Math.min(text.length(), body + LONGEST);
            while (to < limit && isBody(text.charAt(to))) {
                to++;
            }
        }
        if (to - body < SHORTEST) {
            return;
        }
        double entropy = Values.entropy(text, body, to);
        if (text.startsWith(DASHES + "END", to)) {
            int closing = indexOf(text, to + DASHES.length(), to + LONGEST_LABEL);
            to = closing < 0 ? to : closing + DASHES.length();
        }
        found.accept(new SecretFinding("private-key", start, to, entropy));
    }

    private static boolean isBody(char c) {
        return Values.isWord(c) || Values.isSpace(c) || "+/=\\:,-.".indexOf(c) >= 0;
    }

    /// Of the dashes, before a limit.
    private static int indexOf(String text, int from, int limit) {
        return text.indexOf(DASHES, from, Math.max(from, Math.min(text.length(), limit)));
    }
}
