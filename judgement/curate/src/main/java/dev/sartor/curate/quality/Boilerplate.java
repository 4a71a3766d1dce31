package dev.sartor.curate.quality;

import java.util.Locale;

/// Lines that come with a page and say nothing of it: cookie banners, navigation, errors in the place of a page, filling text.
final class Boilerplate {
    /// Filling text is what nobody wrote: one line is enough.
    private static final String[] FILLING = {"lorem ipsum"};

    private static final String[] PHRASES = {
        "uses cookies",
        "use cookies",
        "using cookies",
        "accept all cookies",
        "cookie settings",
        "verwendet cookies",
        "verwenden cookies",
        "nutzt cookies",
        "alle cookies akzeptieren",
        "utilise des cookies",
        "utilisons des cookies",
        "accepter tous les cookies",
        "utiliza cookies",
        "utilizamos cookies",
        "usa cookie",
        "utilizziamo i cookie",
        "gebruikt cookies",
        "javascript is disabled",
        "enable javascript",
        "javascript aktivieren",
        "skip to main content",
        "skip to content",
        "checking your browser before accessing",
        "403 forbidden",
        "404 not found",
        "502 bad gateway",
        "503 service unavailable",
        "all rights reserved",
        "alle rechte vorbehalten",
        "tous droits réservés",
        "subscribe to our newsletter",
        "share on facebook",
        "share this article"
    };

    /// A longer line is a paragraph, in which such words may be what is written about.
    private static final int LONGEST_LINE = 200;

    private static final int LEAST_ITEMS = 4;
    private static final int LONGEST_ITEM = 25;

    private Boilerplate() {}

    /// The share of a text's characters that stand in such lines; 1 where a line is filling text.
    static double share(String text) {
        var sums = new long[3]; // all, boilerplate, lines of filling text
        Lines.forEach(
                text,
                (begin, end) -> {
                    sums[0] += end - begin;
                    if (end - begin <= LONGEST_LINE) {
                        var line = text.substring(begin, end).toLowerCase(Locale.ROOT);
                        sums[1] += has(line, PHRASES) || isNavigation(line) ? end - begin : 0;
                        sums[2] += has(line, FILLING) ? 1 : 0;
                    } else if (has(
                            text.substring(begin, begin + LONGEST_LINE).toLowerCase(Locale.ROOT),
                            FILLING)) {
                        sums[2]++;
                    }
                    return true;
                });
        return sums[0] == 0 ? 0 : sums[2] > 0 ? 1 : (double) sums[1] / sums[0];
    }

    private static boolean has(String line, String[] phrases) {
        for (var phrase : phrases) {
            if (line.contains(phrase)) {
                return true;
            }
        }
        return false;
    }

    /// `Home | Products | Prices | Contact`: short items without digits between bars, dots or angles.
    private static boolean isNavigation(String line) {
        int items = 1;
        int begin = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Character.isDigit(c)) {
                return false;
            }
            if (c == '|' || c == '»' || c == '›' || c == '•') {
                if (line.substring(begin, i).isBlank()) {
                    return false; // a row of a table
                }
                items++;
                begin = i + 1;
            }
            if (i - begin > LONGEST_ITEM) {
                return false;
            }
        }
        return items >= LEAST_ITEMS && begin < line.length();
    }
}
