package dev.sartor.template.filter;

import dev.sartor.template.value.Fault;
import java.util.Optional;

/// Reads what stands after the colon in `'{:>8.2f}'`.
final class FormatSpecParser {
    private static final int MOST_DIGITS = 7;

    private final String text;
    private int position;

    private FormatSpecParser(String text) {
        this.text = text;
    }

    /// @param isNumber numbers stand right unless told otherwise
    static FormatSpec parse(String text, boolean isNumber) {
        return new FormatSpecParser(text).parse(isNumber);
    }

    private FormatSpec parse(boolean isNumber) {
        int fill = ' ';
        char align = isNumber ? '>' : '<';
        int first = text.isEmpty() ? 0 : Character.charCount(text.codePointAt(0));
        if (text.length() > first && "<>^=".indexOf(text.charAt(first)) >= 0 && first > 0) {
            fill = text.codePointAt(0);
            align = text.charAt(first);
            position = first + 1;
        } else if (isNext("<>^=")) {
            align = take();
        }
        char sign = isNext("+- ") ? take() : '-';
        boolean isAlternate = isNext("#") && take() == '#';
        if (isNext("0")) {
            fill = '0';
            align = isNumber && position == 0 ? '=' : align;
        }
        int width = digits();
        char grouping = isNext(",_") ? take() : 0;
        Optional<Integer> precision = Optional.empty();
        if (isNext(".")) {
            take();
            precision = Optional.of(digits());
        }
        char type = position < text.length() ? take() : 0;
        if (position < text.length()) {
            throw new Fault("format '" + text + "' is not supported");
        }
        return new FormatSpec(fill, align, sign, isAlternate, width, grouping, precision, type);
    }

    private boolean isNext(String characters) {
        return position < text.length() && characters.indexOf(text.charAt(position)) >= 0;
    }

    private char take() {
        return text.charAt(position++);
    }

    private int digits() {
        int begin = position;
        while (position < text.length() && Character.isDigit(text.charAt(position))) {
            position++;
        }
        return number(text.substring(begin, position));
    }

    /// A width or precision; 0 where there are no digits.
    static int number(String digits) {
        if (digits.length() > MOST_DIGITS) {
            throw new Fault("a format's width or precision is too large: " + digits);
        }
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
