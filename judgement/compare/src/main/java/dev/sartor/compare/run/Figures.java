package dev.sartor.compare.run;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// How numbers are written for people.
public final class Figures {
    private Figures() {}

    /// A score, such as `0.924`.
    public static String score(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /// A difference of scores in points, such as `−1.2` or `+3.0`.
    public static String points(double difference) {
        return String.format(Locale.ROOT, "%+.1f", 100 * difference).replace('-', '−');
    }

    /// A margin in points without a sign, such as `8`.
    public static String plainPoints(double margin) {
        return plain(new BigDecimal(100 * margin).round(new MathContext(3)));
    }

    /// Money: two decimals from 1 on, two significant digits below.
    public static String money(double amount) {
        var exact = new BigDecimal(amount);
        if (amount == 0 || amount >= 1) {
            return amount == 0 ? "0" : exact.setScale(2, RoundingMode.HALF_EVEN).toPlainString();
        }
        var two = exact.round(new MathContext(2));
        return two.setScale(two.scale() + 2 - two.precision()).toPlainString();
    }

    /// Two significant digits with thousands apart, such as `120,000`.
    public static String volume(double answers) {
        return String.format(
                Locale.ROOT, "%,d", new BigDecimal(answers).round(new MathContext(2)).longValue());
    }

    /// More decimals the shorter it is; less than half a millisecond is nothing.
    public static String seconds(double seconds) {
        int decimals = seconds >= 100 ? 0 : seconds >= 10 ? 1 : seconds >= 1 ? 2 : 3;
        return seconds < 0.0005 ? "0" : String.format(Locale.ROOT, "%." + decimals + "f", seconds);
    }

    /// `9 s`, `1 min 20 s`, `2 h 5 min`
    public static String duration(double seconds) {
        var whole = Math.round(Math.max(seconds, 0));
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return whole / 60 + " min" + (whole % 60 == 0 ? "" : " " + whole % 60 + " s");
        }
        return whole / 3600 + " h" + (whole % 3600 < 60 ? "" : " " + whole % 3600 / 60 + " min");
    }

    /// A number of epochs, such as `2` or `1.25`.
    public static String epochs(double epochs) {
        return plain(new BigDecimal(epochs).round(new MathContext(4)));
    }

    public static String percent(double share) {
        return plain(new BigDecimal(100 * share).round(new MathContext(2))) + " %";
    }

    /// `< 0.001`, or three decimals.
    public static String p(double value) {
        return value < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String plain(BigDecimal figure) {
        return figure.signum() == 0 ? "0" : figure.stripTrailingZeros().toPlainString();
    }
}
