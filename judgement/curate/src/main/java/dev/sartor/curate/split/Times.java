package dev.sartor.curate.split;

import dev.sartor.core.Problems;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Reads a column of times: all numbers (a year, seconds since 1970, a version), or all dates in the form of ISO 8601, a date without
/// an offset being in UTC. Days and months in another order are refused, as 04/05/2024 is two days.
final class Times {
    private static final String FORM =
            "a number, or a date such as 2024-05-31 or 2024-05-31T08:30:00Z";

    private Times() {}

    /// Numbers that are in the order of the times.
    static double[] read(List<String> times) {
        var read = new double[times.size()];
        var problems = new Problems();
        int numbers = 0;
        int dates = 0;
        for (int row = 0; row < read.length; row++) {
            var text = times.get(row).strip();
            var number = number(text);
            var date = number.isPresent() ? Optional.<Double>empty() : date(text);
            if (number.isEmpty() && date.isEmpty()) {
                problems.add(
                        "time",
                        "row "
                                + (row + 1)
                                + " must have "
                                + FORM
                                + ", got '"
                                + shortened(text)
                                + "'; write the column so, or split without time");
            }
            numbers += number.isPresent() ? 1 : 0;
            dates += date.isPresent() ? 1 : 0;
            read[row] = number.or(() -> date).orElse(0.0);
        }
        problems.throwIfAny();
        Problems.refuseUnless(
                numbers == 0 || dates == 0,
                "time",
                "all numbers or all dates",
                numbers + " numbers and " + dates + " dates",
                "write them in one form");
        return read;
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private static Optional<Double> number(String text) {
        if (text.isEmpty() || text.length() > 40 || !text.chars().allMatch(Times::isOfNumber)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Double.parseDouble(text)).filter(Double::isFinite);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isOfNumber(int c) {
        return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
    }

    /// Seconds since 1970.
    private static Optional<Double> date(String text) {
        if (text.length() < 10 || text.length() > 40) {
            return Optional.empty();
        }
        var iso = text.replace('/', '-');
        if (iso.length() > 10 && iso.charAt(10) == ' ') {
            iso = iso.substring(0, 10) + "T" + iso.substring(11);
        }
        try {
            if (iso.length() == 10) {
                return Optional.of(
                        (double) LocalDate.parse(iso).atStartOfDay().toEpochSecond(ZoneOffset.UTC));
            }
            boolean hasOffset =
                    iso.endsWith("Z") || iso.indexOf('+', 10) > 0 || iso.indexOf('-', 10) > 0;
            return Optional.of(
                    seconds(
                            hasOffset
                                    ? OffsetDateTime.parse(iso).toInstant()
                                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static double seconds(Instant instant) {
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }
}
