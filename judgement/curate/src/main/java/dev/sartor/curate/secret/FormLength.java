package dev.sartor.curate.secret;

/// The most chars that a form matches, so that no more of a text is given to the matcher, whose time grows with what it is given
/// even where it fails at the second char. Reads what rules.txt has: chars, classes, groups, alternatives, repeats.
final class FormLength {
    private final String form;
    private final int cap;
    private int at;

    private FormLength(String form, int cap) {
        this.form = form;
        this.cap = cap;
    }

    /// @param cap the result where there is no most, or more than that
    static int longest(String form, int cap) {
        var plain = form.startsWith("(?i)") ? form.substring(4) : form;
        var reader = new FormLength(plain, cap);
        int longest = reader.alternatives();
        if (reader.at < plain.length()) {
            throw new IllegalArgumentException(
                    "not understood from char " + reader.at + ": " + form);
        }
        return longest;
    }

    private int alternatives() {
        int longest = sequence();
        while (at < form.length() && form.charAt(at) == '|') {
            at++;
            longest = Math.max(longest, sequence());
        }
        return longest;
    }

    private int sequence() {
        int length = 0;
        while (at < form.length() && form.charAt(at) != '|' && form.charAt(at) != ')') {
            int one = one();
            length = Math.min(cap, length + (int) Math.min(cap, (long) one * repeats()));
        }
        return length;
    }

    private int one() {
        char c = form.charAt(at);
        at++;
        return switch (c) {
            case '(' -> group();
            case '[' -> set();
            case '\\' -> {
                at++;
                yield 1;
            }
            default -> 1;
        };
    }

    private int group() {
        at += form.startsWith("?:", at) ? 2 : 0;
        int length = alternatives();
        at++;
        return length;
    }

    private int set() {
        int close = at + (form.charAt(at) == '^' ? 1 : 0);
        while (form.charAt(close) != ']') {
            close += form.charAt(close) == '\\' ? 2 : 1;
        }
        at = close + 1;
        return 1;
    }

    /// How often what was read may stand there.
    private int repeats() {
        char c = at < form.length() ? form.charAt(at) : ' ';
        if (c == '{') {
            int close = form.indexOf('}', at);
            var most = form.substring(at + 1, close);
            most = most.substring(most.indexOf(',') + 1);
            at = close + 1;
            return most.isEmpty() ? cap : Integer.parseInt(most);
        }
        boolean isOpen = c == '*' || c == '+';
        at += isOpen || c == '?' ? 1 : 0;
        return isOpen ? cap : 1;
    }
}
