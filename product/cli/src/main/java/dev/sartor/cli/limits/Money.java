package dev.sartor.cli.limits;

import dev.sartor.core.SartorException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// Money as people write it, and as it is counted. Which money it is nobody needs to know.
final class Money {
    /// Billionths of a unit.
    private static final int DIGITS = 9;

    /// Prices are those of a million tokens.
    private static final int DIGITS_OF_PRICE = 3;

    private Money() {}

    static long nanos(String option, BigDecimal value) {
        return exact(option, value, DIGITS);
    }

    /// Billionths for a token.
    static long price(String option, BigDecimal aMillion) {
        return exact(option, aMillion, DIGITS_OF_PRICE);
    }

    private static long exact(String option, BigDecimal value, int digits) {
        try {
            return value.movePointRight(digits).longValueExact();
        } catch (ArithmeticException e) {
            throw SartorException.user(
                    option
                            + " must be a number with at most "
                            + digits
                            + " decimal places, got "
                            + value.toPlainString()
                            + ": such as "
                            + option
                            + " 0.15.",
                    e);
        }
    }

    static String text(long nanos) {
        return BigDecimal.valueOf(nanos, DIGITS)
                .setScale(4, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    static double number(long nanos) {
        return BigDecimal.valueOf(nanos, DIGITS).doubleValue();
    }

    static String price(long nanos) {
        return BigDecimal.valueOf(nanos, DIGITS_OF_PRICE).toPlainString();
    }
}
