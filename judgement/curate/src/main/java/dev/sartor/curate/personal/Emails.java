package dev.sartor.curate.personal;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Addresses of mail, found from their `@`: at most 64 characters before it and 253 after it (RFC 5321, 4.5.3.1).
final class Emails {
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 253;
    private static final int LONGEST_LABEL = 63;
    private static final double SURE = 0.95;

    /// What follows the `@` in names of files, such as `icon@2x.png`.
    private static final Set<String> FILES =
            Set.of(
                    "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "css", "js", "ts", "html",
                    "htm", "json", "xml", "yaml", "yml", "txt", "md", "py", "java", "go", "rb",
                    "php");

    private Emails() {}

    /// @param at the index of an `@`
    static Optional<PersonalFinding> around(String text, int at) {
        int start = localStart(text, at);
        int end = domainEnd(text, at + 1);
        if (start == at || end < 0 || isPartOfAnAddress(text, start, end)) {
            return Optional.empty();
        }
        var value = text.substring(start, end).toLowerCase(Locale.ROOT);
        return Optional.of(new PersonalFinding(PersonalKind.EMAIL, start, end, SURE, value));
    }

    private static int localStart(String text, int at) {
        int start = at;
        while (start > 0 && at - start < LONGEST_LOCAL && isLocal(text.charAt(start - 1))) {
            start--;
        }
        if (start > 0 && at - start == LONGEST_LOCAL && isLocal(text.charAt(start - 1))) {
            return at; // longer than any
        }
        while (start < at && !isLocalEdge(text.charAt(start))) {
            start++;
        }
        // the n of a \n that is written out is none of the name
        if (start > 0
                && start + 1 < at
                && text.charAt(start - 1) == '\\'
                && "nrt".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        return start < at && text.charAt(at - 1) != '.' ? start : at;
    }

    private static boolean isLocal(char c) {
        return Character.isLetterOrDigit(c) || "._%+-'".indexOf(c) >= 0;
    }

    private static boolean isLocalEdge(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    /// After the last label, which has two letters or more; -1 where there is no domain.
    private static int domainEnd(String text, int from) {
        int end = -1;
        int label = from;
        int limit = Math.min(text.length(), from + LONGEST_DOMAIN);
        boolean first = true;
        while (label < limit) {
            int after = label;
            while (after < limit && isLabel(text.charAt(after))) {
                after++;
            }
            int last = after;
            while (last > label && text.charAt(last - 1) == '-') {
                last--;
            }
            if (last == label || last - label > LONGEST_LABEL || text.charAt(label) == '-') {
                return end;
            }
            if (!first && isTop(text, label, last)) {
                end = last;
            }
            if (last < after || after >= limit || text.charAt(after) != '.') {
                return end;
            }
            first = false;
            label = after + 1;
        }
        return end;
    }

    private static boolean isLabel(char c) {
        return Character.isLetterOrDigit(c) || c == '-';
    }

    private static boolean isTop(String text, int from, int to) {
        if (to - from < 2 || !Character.isLetter(text.charAt(from))) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (Edges.isDigit(text.charAt(i)) && !text.startsWith("xn--", from)) {
                return false;
            }
        }
        return !FILES.contains(text.substring(from, to).toLowerCase(Locale.ROOT));
    }

    /// The user and password of `https://user:password@host`, and `git@host:path`.
    private static boolean isPartOfAnAddress(String text, int start, int end) {
        if (text.startsWith("git@", start)) {
            return end < text.length() && text.charAt(end) == ':';
        }
        int from = Math.max(0, start - LONGEST_LOCAL);
        for (int i = start - 1; i > from; i--) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || c == '"' || c == '\'' || c == '<') {
                return false;
            }
            if (c == '/') {
                return text.charAt(i - 1) == '/';
            }
        }
        return false;
    }
}
