package dev.sartor.curate.personal;

/// How a number is written, of a fixed length: `9` stands for a digit, `A` for a letter, `X` for either, `H` for a hexadecimal
/// digit, a space for a space or a no-break space, every other character for itself.
record Shape(String form) {
    private static final char NO_BREAK = '\u00a0';
    private static final char NARROW_NO_BREAK = '\u202f';

    /// Whether a text goes on so at an index; what comes before and after is not asked.
    boolean fits(String text, int at) {
        if (at + form.length() > text.length()) {
            return false;
        }
        for (int i = 0; i < form.length(); i++) {
            if (!fits(form.charAt(i), text.charAt(at + i))) {
                return false;
            }
        }
        return true;
    }

    int length() {
        return form.length();
    }

    /// The digits and letters alone, letters as capitals.
    String compact(String text, int at) {
        var compact = new StringBuilder(form.length());
        for (int i = 0; i < form.length(); i++) {
            char c = text.charAt(at + i);
            if (Edges.isAsciiLetter(c)) {
                compact.append((char) (c & ~0x20));
            } else if (Edges.isDigit(c)) {
                compact.append(c);
            }
        }
        return compact.toString();
    }

    private static boolean fits(char form, char c) {
        return switch (form) {
            case '9' -> Edges.isDigit(c);
            case 'A' -> Edges.isAsciiLetter(c);
            case 'X' -> Edges.isDigit(c) || Edges.isAsciiLetter(c);
            case 'H' -> Edges.isHex(c);
            case ' ' -> c == ' ' || c == NO_BREAK || c == NARROW_NO_BREAK;
            default -> form == c;
        };
    }
}
