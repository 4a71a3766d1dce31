package dev.sartor.curate.quality;

import java.util.Locale;
import java.util.Set;

/// Remains of another encoding or of mark-up: HTML tags and entities, `\u00e4`, `%C3%A4`, `=C3=A4`.
///
/// @param tags how many HTML tags there are
/// @param escapes how many escapes there are
/// @param escaped their characters
record Escapes(long tags, long escapes, long escaped) {
    private static final Set<String> TAGS =
            Set.of(
                    "a",
                    "abbr",
                    "article",
                    "aside",
                    "b",
                    "blockquote",
                    "body",
                    "br",
                    "button",
                    "center",
                    "div",
                    "em",
                    "figure",
                    "font",
                    "footer",
                    "form",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "head",
                    "header",
                    "hr",
                    "html",
                    "i",
                    "iframe",
                    "img",
                    "input",
                    "label",
                    "li",
                    "link",
                    "main",
                    "meta",
                    "nav",
                    "ol",
                    "option",
                    "p",
                    "script",
                    "section",
                    "select",
                    "small",
                    "span",
                    "strong",
                    "style",
                    "sub",
                    "sup",
                    "table",
                    "tbody",
                    "td",
                    "th",
                    "thead",
                    "title",
                    "tr",
                    "u",
                    "ul");
    private static final int LONGEST_TAG = 10;
    private static final int LONGEST_ENTITY = 10;

    static Escapes of(String text) {
        long tags = 0;
        long escapes = 0;
        long escaped = 0;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '<' && isTag(text, at)) {
                tags++;
                at++;
                continue;
            }
            int length =
                    switch (c) {
                        case '&' -> entity(text, at);
                        case '\\' -> unicode(text, at);
                        case '%', '=' -> octets(text, at, c);
                        default -> 0;
                    };
            escapes += length > 0 ? 1 : 0;
            escaped += length;
            at += Math.max(1, length);
        }
        return new Escapes(tags, escapes, escaped);
    }

    private static boolean isTag(String text, int at) {
        int begin = at + 1 < text.length() && text.charAt(at + 1) == '/' ? at + 2 : at + 1;
        int end = begin;
        while (end < text.length()
                && end - begin <= LONGEST_TAG
                && isAlphanumeric(text.charAt(end))) {
            end++;
        }
        if (end == begin || end == text.length()) {
            return false;
        }
        char after = text.charAt(end);
        return (after == '>' || after == '/' || Character.isWhitespace(after))
                && TAGS.contains(text.substring(begin, end).toLowerCase(Locale.ROOT));
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /// `&amp;`, `&#39;`.
    private static int entity(String text, int at) {
        int end = at + 1;
        while (end < text.length()
                && end - at <= LONGEST_ENTITY
                && (isAlphanumeric(text.charAt(end)) || text.charAt(end) == '#')) {
            end++;
        }
        return end > at + 2 && end < text.length() && text.charAt(end) == ';' ? end + 1 - at : 0;
    }

    private static int unicode(String text, int at) {
        return at + 6 <= text.length() && text.charAt(at + 1) == 'u' && areHex(text, at + 2, 4)
                ? 6
                : 0;
    }

    /// At least two bytes in a row, the first of them above ASCII, so that `50%25` and `a=10=b` are none.
    private static int octets(String text, int at, char sign) {
        int end = at;
        while (end + 3 <= text.length() && text.charAt(end) == sign && areHex(text, end + 1, 2)) {
            end += 3;
        }
        return end - at >= 6 && Character.digit(text.charAt(at + 1), 16) >= 8 ? end - at : 0;
    }

    private static boolean areHex(String text, int begin, int count) {
        for (int i = begin; i < begin + count; i++) {
            if (Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
