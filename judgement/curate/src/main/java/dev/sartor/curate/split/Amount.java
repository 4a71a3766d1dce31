package dev.sartor.curate.split;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import java.util.Locale;

/// How large a split shall be: a share of all rows, or a count of rows.
///
/// @param value 0 to 1 for a share; a whole number from 0 on for a count
public record Amount(double value, boolean isShare) {
    public Amount {
        if (isShare) {
            Problems.refuseUnless(
                    value >= 0 && value <= 1,
                    "a split's share",
                    "0 to 1",
                    plain(value),
                    "0.1 is 10 % of the rows; a whole number is a count of rows");
        } else {
            Problems.refuseUnless(
                    value >= 0 && value == Math.rint(value) && value <= Integer.MAX_VALUE,
                    "a split's count of rows",
                    "a whole number from 0 on",
                    plain(value),
                    "a share is written 0.1 or 10%");
        }
    }

    public static Amount share(double share) {
        return new Amount(share, true);
    }

    public static Amount count(int rows) {
        return new Amount(rows, false);
    }

    /// Reads `0.1` and `10%` as shares, `500` as a count of rows.
    ///
    /// @param setting names it in an error, such as `--test`
    public static Amount parse(String setting, String text) {
        var plain = text.strip();
        boolean isPercent = plain.endsWith("%");
        try {
            double value =
                    Double.parseDouble(isPercent ? plain.substring(0, plain.length() - 1) : plain);
            return new Amount(
                    isPercent ? value / 100 : value,
                    isPercent || plain.indexOf('.') >= 0 || plain.indexOf('e') >= 0);
        } catch (NumberFormatException e) {
            throw SartorException.user(
                    setting
                            + " must be a share or a count of rows, got '"
                            + text
                            + "': 0.1 and 10% are a tenth of the rows, 500 is 500 rows",
                    e);
        } catch (SartorException e) {
            throw SartorException.user(setting + ": " + e.getMessage(), e);
        }
    }

    /// So many of all rows, before rounding.
    double of(int rows) {
        return isShare ? value * rows : value;
    }

    @Override
    public String toString() {
        return plain(value);
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.valueOf(value);
    }
}
