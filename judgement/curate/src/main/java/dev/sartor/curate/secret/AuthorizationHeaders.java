package dev.sartor.curate.secret;

import java.util.List;
import java.util.function.Consumer;

/// What a request is authorised by: `Authorization: Bearer …`, `X-Api-Key: …`, in logs, source and calls of curl.
record AuthorizationHeaders() implements Detector {
    private static final List<String> SCHEMES =
            List.of("bearer ", "basic ", "token ", "api-token ");
    private static final int LONGEST_GAP = 8;
    private static final int LONGEST = 4_096;
    private static final int SHORTEST = 8;
    private static final double LEAST_ENTROPY = 2.75;

    @Override
    public List<String> keywords() {
        return List.of("authorization", "x-api-key", "x-auth-token", "api-key:", "x-token:");
    }

    @Override
    public void look(String text, int start, int end, Consumer<SecretFinding> found) {
        int from = end;
        while (from < text.length()
                && from - end < LONGEST_GAP
                && " \t:=\"'`>,\\]".indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        if (from == end && text.charAt(end - 1) != ':') {
            return;
        }
        int schemeEnd = schemeEnd(text, from);
        boolean isArgument = text.substring(end, from).indexOf(',') >= 0;
        if (isArgument && schemeEnd == from) {
            return;
        }
        boolean hasScheme = schemeEnd > from;
        from = schemeEnd;
        int to = from;
        while (to < text.length() && to - from < LONGEST && isToken(text.charAt(to))) {
            to++;
        }
        while (to > from && text.charAt(to - 1) == '.') {
            to--;
        }
        if (to - from < SHORTEST) {
            return;
        }
        var value = text.substring(from, to);
        double entropy = Values.entropy(text, from, to);
        boolean isMixed = Values.hasDigit(value) || hasBothCases(value);
        boolean isName = !hasScheme && Values.isDottedName(value);
        if (entropy >= LEAST_ENTROPY && isMixed && !isName && !Values.isReference(value)) {
            found.accept(new SecretFinding("authorization-header", from, to, entropy));
        }
    }

    private static int schemeEnd(String text, int from) {
        for (var scheme : SCHEMES) {
            if (text.regionMatches(true, from, scheme, 0, scheme.length())) {
                return from + scheme.length();
            }
        }
        return from;
    }

    private static boolean hasBothCases(String value) {
        return value.substring(1).chars().anyMatch(c -> c >= 'A' && c <= 'Z')
                && value.chars().anyMatch(c -> c >= 'a' && c <= 'z');
    }

    private static boolean isToken(char c) {
        return Values.isName(c) || "+/=~@".indexOf(c) >= 0;
    }
}
