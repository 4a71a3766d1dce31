package dev.sartor.worth;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// How amounts and inputs are written for people.
public final class Amount {
    private Amount() {}

    /// Money: whole from 1,000 on, two decimals from 1 on, two significant digits below; with a true minus.
    public static String money(double amount) {
        var size = new BigDecimal(Math.abs(amount));
        var text =
                size.compareTo(new BigDecimal(1000)) >= 0
                        ? String.format(
                                Locale.ROOT,
                                "%,d",
                                size.setScale(0, RoundingMode.HALF_EVEN).toBigInteger())
                        : size.compareTo(BigDecimal.ONE) >= 0
                                ? size.setScale(2, RoundingMode.HALF_EVEN).toPlainString()
                                : small(size);
        return (amount < 0 ? "−" : "") + text;
    }

    private static String small(BigDecimal size) {
        if (size.signum() == 0) {
            return "0";
        }
        var two = size.round(new MathContext(2, RoundingMode.HALF_EVEN));
        return two.setScale(two.scale() + 2 - two.precision()).toPlainString();
    }

    /// The same with a sign before gains, too.
    public static String signed(double amount) {
        return (amount > 0 ? "+" : "") + money(amount);
    }

    /// An input's value: four significant digits, thousands apart, with a true minus.
    public static String plain(double value) {
        var rounded =
                new BigDecimal(Math.abs(value)).round(new MathContext(4, RoundingMode.HALF_EVEN));
        var text =
                rounded.compareTo(new BigDecimal(1000)) >= 0
                        ? String.format(Locale.ROOT, "%,d", rounded.toBigInteger())
                        : rounded.signum() == 0
                                ? "0"
                                : rounded.stripTrailingZeros().toPlainString();
        return (value < 0 ? "−" : "") + text;
    }

    /// `at once`, or months with one decimal.
    public static String months(double months) {
        return months == 0
                ? "at once"
                : new BigDecimal(months).setScale(1, RoundingMode.HALF_EVEN).toPlainString()
                        + " months";
    }
}
