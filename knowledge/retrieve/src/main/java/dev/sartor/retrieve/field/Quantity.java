package dev.sartor.retrieve.field;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// What a text can be compared as, besides as itself: a number, a stretch of time, or as a year both.
///
/// @param time from its beginning to before its end; `2025-03` is all of March
public record Quantity(OptionalDouble number, Optional<Span> time) {
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?\\d{1,300}(\\.\\d{1,300})?([eE][-+]?\\d{1,3})?");
    private static final Pattern YEAR = Pattern.compile("[12]\\d{3}");
    private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}.*");

    /// Milliseconds since 1970-01-01 in UTC.
    ///
    /// @param until the first that is no longer in it
    public record Span(long from, long until) {}

    public static Quantity of(String text) {
        return new Quantity(number(text), time(text));
    }

    public boolean isNone() {
        return number.isEmpty() && time.isEmpty();
    }

    private static OptionalDouble number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(text);
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private static Optional<Span> time(String text) {
        try {
            if (YEAR.matcher(text).matches()) {
                var first = LocalDate.of(Integer.parseInt(text), 1, 1);
                return Optional.of(days(first, first.plusYears(1)));
            }
            if (MONTH.matcher(text).matches()) {
                var month = YearMonth.parse(text);
                return Optional.of(days(month.atDay(1), month.plusMonths(1).atDay(1)));
            }
            if (DAY.matcher(text).matches()) {
                var day = LocalDate.parse(text);
                return Optional.of(days(day, day.plusDays(1)));
            }
            return TIME.matcher(text).matches() ? Optional.of(instant(text)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Span days(LocalDate from, LocalDate until) {
        return new Span(millis(from.atStartOfDay()), millis(until.atStartOfDay()));
    }

    private static Span instant(String text) {
        var standard = text.replace(' ', 'T');
        boolean isLocal = !standard.matches(".*(Z|[-+]\\d{2}:?\\d{2})");
        long at =
                isLocal
                        ? millis(LocalDateTime.parse(standard))
                        : millis(OffsetDateTime.parse(standard).toInstant());
        return new Span(at, at + 1);
    }

    private static long millis(LocalDateTime time) {
        return millis(time.toInstant(ZoneOffset.UTC));
    }

    private static long millis(Instant time) {
        return time.toEpochMilli();
    }
}
