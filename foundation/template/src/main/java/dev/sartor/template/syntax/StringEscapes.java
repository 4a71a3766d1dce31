package dev.sartor.template.syntax;

/// Backslash escapes in a template's strings, as Python's `unicode-escape` reads them: unknown ones stay as they are.
final class StringEscapes {
    private StringEscapes() {}

    static String undone(String text, int line) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var result = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 >= text.length()) {
                result.append(c);
                i++;
            } else {
                i = escape(text, i + 1, result, line);
            }
        }
        return result.toString();
    }

    /// Reads the escape whose letter stands at `at`.
    ///
    /// @return the position after it
    private static int escape(String text, int at, StringBuilder result, int line) {
        char letter = text.charAt(at);
        switch (letter) {
            case '\n' -> {}
            case '\\', '\'', '"' -> result.append(letter);
            case 'n' -> result.append('\n');
            case 't' -> result.append('\t');
            case 'r' -> result.append('\r');
            case 'a' -> result.append('\u0007');
            case 'b' -> result.append('\b');
            case 'f' -> result.append('\f');
            case 'v' -> result.append('\u000b');
            case 'x' -> {
                return hexadecimal(text, at + 1, 2, result, line);
            }
            case 'u' -> {
                return hexadecimal(text, at + 1, 4, result, line);
            }
            case 'U' -> {
                return hexadecimal(text, at + 1, 8, result, line);
            }
            case 'N' -> throw new SyntaxError(line, "'\\N{…}' in a string is not supported");
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                return octal(text, at, result);
            }
            default -> result.append('\\').append(letter);
        }
        return at + 1;
    }

    private static int hexadecimal(
            String text, int at, int digits, StringBuilder result, int line) {
        try {
            int codePoint = Integer.parseUnsignedInt(text.substring(at, at + digits), 16);
            result.appendCodePoint(codePoint);
            return at + digits;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new SyntaxError(
                    line, "a string has a broken escape: " + digits + " hexadecimal digits needed");
        }
    }

    private static int octal(String text, int at, StringBuilder result) {
        int end = at;
        int value = 0;
        while (end < text.length() && end < at + 3 && "01234567".indexOf(text.charAt(end)) >= 0) {
            value = value * 8 + text.charAt(end) - '0';
            end++;
        }
        result.append((char) value);
        return end;
    }
}
