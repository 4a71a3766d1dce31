package dev.sartor.curate.quality;

/// Bytes written as text: runs of base64 or hexadecimal digits.
final class Blobs {
    /// Shorter ones are digests, keys and identifiers.
    private static final int LEAST = 128;

    private Blobs() {}

    /// Their characters. A run goes on over the end of a line, as base64 is often cut into lines of 64 or 76.
    static long characters(String text) {
        long sum = 0;
        int at = 0;
        while (at < text.length()) {
            if (!isOfBlob(text.charAt(at))) {
                at++;
                continue;
            }
            int end = end(text, at);
            sum += isBlob(text, at, end) ? end - at : 0;
            at = end;
        }
        return sum;
    }

    private static int end(String text, int begin) {
        int at = begin;
        int lineBegin = begin;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isOfBlob(c)) {
                at++;
                continue;
            }
            int next =
                    c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n'
                            ? at + 2
                            : at + 1;
            boolean isWrapped =
                    (c == '\n' || c == '\r')
                            && at - lineBegin >= 60
                            && next < text.length()
                            && isOfBlob(text.charAt(next));
            if (!isWrapped) {
                return at;
            }
            at = next;
            lineBegin = next;
        }
        return at;
    }

    private static boolean isOfBlob(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '=';
    }

    /// Long, and of digits and letters mixed: a long word, a path or a run of one sign is none.
    private static boolean isBlob(String text, int begin, int end) {
        if (end - begin < LEAST) {
            return false;
        }
        int digits = 0;
        int letters = 0;
        int changes = 0;
        int kind = -1;
        for (int i = begin; i < end; i++) {
            char c = text.charAt(i);
            int now =
                    c >= '0' && c <= '9'
                            ? 0
                            : c >= 'A' && c <= 'Z' ? 1 : c >= 'a' && c <= 'z' ? 2 : 3;
            digits += now == 0 ? 1 : 0;
            letters += now == 1 || now == 2 ? 1 : 0;
            changes += now != kind ? 1 : 0;
            kind = now;
        }
        int length = end - begin;
        return digits > length / 50 && letters > length / 10 && changes > length / 6;
    }
}
