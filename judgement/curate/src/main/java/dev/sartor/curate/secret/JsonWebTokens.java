package dev.sartor.curate.secret;

import java.util.List;
import java.util.function.Consumer;

/// Three parts of base64 between dots, of which the first two are JSON (RFC 7519). A token may be long, so that each run of its
/// characters is read once, from its beginning.
record JsonWebTokens() implements Detector {
    private static final String BRACE = "eyJ"; // of `{"`
    private static final int LONGEST = 65_536;
    private static final int SHORTEST_HEADER = 17;
    private static final int SHORTEST_PAYLOAD = 10;

    @Override
    public List<String> keywords() {
        return List.of("eyj");
    }

    @Override
    public void look(String text, int start, int end, Consumer<SecretFinding> found) {
        if (!Values.begins(text, start) || (start > 0 && isPart(text.charAt(start - 1)))) {
            return;
        }
        int dot = partEnd(text, start, start + LONGEST);
        if (dot - start < SHORTEST_HEADER
                || !text.startsWith(BRACE, start)
                || !text.startsWith("." + BRACE, dot)) {
            return;
        }
        int to = partEnd(text, dot + 1, dot + LONGEST);
        if (to - dot < SHORTEST_PAYLOAD || to >= text.length() || text.charAt(to) != '.') {
            return;
        }
        to = partEnd(text, to + 1, to + LONGEST);
        double entropy = Values.entropy(text, start, to);
        if (!Values.isPlaceholder(text.substring(start, dot))) {
            found.accept(new SecretFinding("jwt", start, to, entropy));
        }
    }

    private static int partEnd(String text, int from, int limit) {
        int to = from;
        while (to < Math.min(text.length(), limit) && isBase64(text.charAt(to))) {
            to++;
        }
        return to;
    }

    private static boolean isPart(char c) {
        return c == '.' || c == '-';
    }

    private static boolean isBase64(char c) {
        return Values.isWord(c) || c == '-' || c == '+' || c == '/' || c == '=';
    }
}
