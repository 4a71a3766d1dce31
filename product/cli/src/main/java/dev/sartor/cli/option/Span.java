package dev.sartor.cli.option;

import dev.sartor.core.SartorException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Lengths of time, and moments, as they are written on the command line.
public final class Span {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})([smhd])");

    private Span() {}

    /// `90d`, `24h`, `30m` or `45s`; `0` for none.
    public static Duration of(String option, String text) {
        var parts = FORM.matcher(text);
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (!parts.matches()) {
            throw SartorException.user(
                    option
                            + " must be a number with d, h, m or s behind, such as 90d or 24h, got '"
                            + text
                            + "'.");
        }
        long count = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "d" -> Duration.ofDays(count);
            case "h" -> Duration.ofHours(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofSeconds(count);
        };
    }

    /// A length of time from now on, or a day (its first moment in UTC).
    public static Instant from(Instant now, String option, String text) {
        return day(option, text).orElseGet(() -> now.plus(of(option, text)));
    }

    /// A length of time ago, or a day (its first moment in UTC).
    public static Instant before(Instant now, String option, String text) {
        return day(option, text).orElseGet(() -> now.minus(of(option, text)));
    }

    private static Optional<Instant> day(String option, String text) {
        if (!text.contains("-")) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeParseException e) {
            throw SartorException.user(
                    option
                            + " must be a day such as 2027-03-31, or a time such as 90d, got '"
                            + text
                            + "'.",
                    e);
        }
    }
}
