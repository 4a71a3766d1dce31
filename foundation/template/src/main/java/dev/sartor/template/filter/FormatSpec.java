package dev.sartor.template.filter;

import dev.sartor.template.value.Fault;
import dev.sartor.template.value.Numbers;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.TextBuilder;
import dev.sartor.template.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/// How one value is to be shown: what both `'%5.2f' % x` and `'{:5.2f}'.format(x)` come down to.
///
/// @param align one of `< > ^`, or `=` for zeros between sign and digits
/// @param sign `+`, blank or `-` (only for negative numbers)
/// @param grouping `,` or `_` between thousands; 0 for none
/// @param type Python's letter; 0 where none is given
record FormatSpec(
        int fill,
        char align,
        char sign,
        boolean isAlternate,
        int width,
        char grouping,
        Optional<Integer> precision,
        char type) {
    private static final int DEFAULT_PRECISION = 6;

    /// A number's digits with its sign, before padding.
    String number(Value number) {
        boolean isText = type == 0 || type == 's';
        var text =
                switch (number) {
                    case Value.Int whole when isText || "dinuxXobc".indexOf(type) >= 0 ->
                            whole(whole.value());
                    case Value.Real real when type == 0 && precision.isEmpty() ->
                            Numbers.repr(real.value());
                    default -> real(Numbers.asDouble(number));
                };
        return text.startsWith("-") || sign == '-' ? text : sign + text;
    }

    private String whole(BigInteger value) {
        var prefix = isAlternate ? "0" + Character.toLowerCase(type) : "";
        return switch (type) {
            case 'x' -> signed(value, prefix, 16);
            case 'X' -> signed(value, prefix, 16).toUpperCase(Locale.ROOT);
            case 'o' -> signed(value, prefix, 8);
            case 'b' -> signed(value, prefix, 2);
            case 'c' -> Character.toString(value.intValue());
            default -> grouped(value.toString());
        };
    }

    private static String signed(BigInteger value, String prefix, int radix) {
        return (value.signum() < 0 ? "-" : "") + prefix + value.abs().toString(radix);
    }

    private String real(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Numbers.repr(value);
        }
        int digits = precision.orElse(DEFAULT_PRECISION);
        var text =
                switch (Character.toLowerCase(type)) {
                    case 'f' -> Numbers.rounded(value, digits).toPlainString();
                    case '%' -> Numbers.rounded(value * 100, digits).toPlainString() + "%";
                    case 'e' -> scientific(value, digits);
                    case 'g', 0 -> general(value, Math.max(1, digits));
                    default -> throw new Fault("format '" + type + "' does not show a real number");
                };
        boolean isMinusZero = value == 0 && 1 / value < 0 && !text.startsWith("-");
        var result = grouped(isMinusZero ? "-" + text : text);
        return Character.isUpperCase(type) ? result.toUpperCase(Locale.ROOT) : result;
    }

    private static String scientific(double value, int digits) {
        if (value == 0) {
            return Numbers.rounded(0, digits).toPlainString() + "e+00";
        }
        var rounded = significant(value, digits + 1);
        int exponent = rounded.precision() - rounded.scale() - 1;
        var mantissa = rounded.movePointLeft(exponent).setScale(digits, RoundingMode.HALF_EVEN);
        return mantissa.toPlainString() + String.format(Locale.ROOT, "e%+03d", exponent);
    }

    private static BigDecimal significant(double value, int digits) {
        return new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    }

    private static String general(double value, int digits) {
        if (value == 0) {
            return "0";
        }
        var rounded = significant(value, digits);
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < -4 || exponent >= digits) {
            var mantissa = rounded.movePointLeft(exponent).stripTrailingZeros();
            return mantissa.toPlainString() + String.format(Locale.ROOT, "e%+03d", exponent);
        }
        return rounded.stripTrailingZeros().toPlainString();
    }

    private String grouped(String number) {
        if (grouping == 0) {
            return number;
        }
        int begin = number.startsWith("-") ? 1 : 0;
        int end = begin;
        while (end < number.length() && Character.isDigit(number.charAt(end))) {
            end++;
        }
        var result = new StringBuilder(number);
        for (int i = end - 3; i > begin; i -= 3) {
            result.insert(i, grouping);
        }
        return result.toString();
    }

    /// Appends the text, padded to the width.
    void pad(TextBuilder out, Text text) {
        int missing = Math.max(0, width - text.codePoints());
        var filling = Character.toString(fill);
        switch (align) {
            case '<' -> out.append(text).repeat(filling, missing);
            case '>' -> out.repeat(filling, missing).append(text);
            case '^' ->
                    out.repeat(filling, missing / 2)
                            .append(text)
                            .repeat(filling, missing - missing / 2);
            case '=' -> {
                int digits =
                        text.length() > 0 && "+- ".indexOf(text.string().charAt(0)) >= 0 ? 1 : 0;
                out.append(text.slice(0, digits))
                        .repeat(filling, missing)
                        .append(text.sliceFrom(digits));
            }
            default -> throw new IllegalArgumentException(String.valueOf(align));
        }
    }
}
