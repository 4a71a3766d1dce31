package dev.sartor.curate.secret;

import java.util.List;
import java.util.function.Consumer;

/// The entries of `data` and `stringData` in a Secret of Kubernetes, whether they stand before or after `kind: Secret`.
record KubernetesSecrets() implements Detector {
    private static final int FURTHEST = 1_000;
    private static final int SHORTEST = 8;

    @Override
    public List<String> keywords() {
        return List.of("kind: secret", "kind: \"secret\"");
    }

    @Override
    public void look(String text, int start, int end, Consumer<SecretFinding> found) {
        if (end < text.length() && Values.isWord(text.charAt(end))) {
            return;
        }
        int limit = Math.min(text.length(), end + FURTHEST);
        int next = text.indexOf("\n---", end, limit);
        limit = next < 0 ? limit : next;
        int line = start;
        int first = Math.max(0, start - FURTHEST);
        while (line > first && !text.startsWith("\n---", line)) {
            line--;
        }
        boolean isData = false;
        while (line < limit) {
            int lineEnd = text.indexOf('\n', line, limit);
            lineEnd = lineEnd < 0 ? limit : lineEnd;
            boolean isIndented = line < lineEnd && Values.isSpace(text.charAt(line));
            if (isData && isIndented) {
                entry(text, line, lineEnd, found);
            } else {
                isData = text.startsWith("data:", line) || text.startsWith("stringData:", line);
            }
            line = lineEnd + 1;
        }
    }

    private static void entry(String text, int line, int lineEnd, Consumer<SecretFinding> found) {
        int colon = text.indexOf(": ", line, lineEnd);
        if (colon < 0) {
            return;
        }
        int from = colon + 2;
        int to = lineEnd;
        while (from < to && (text.charAt(from) == ' ' || Values.isQuote(text.charAt(from)))) {
            from++;
        }
        while (to > from
                && (Values.isSpace(text.charAt(to - 1)) || Values.isQuote(text.charAt(to - 1)))) {
            to--;
        }
        if (to - from < SHORTEST || Values.isPlaceholder(text.substring(from, to))) {
            return;
        }
        if ("{$<|>".indexOf(text.charAt(from)) < 0) {
            found.accept(
                    new SecretFinding(
                            "kubernetes-secret-yaml", from, to, Values.entropy(text, from, to)));
        }
    }
}
