package dev.sartor.evaluate.value;

import dev.sartor.evaluate.value.Units.Unit;
import dev.sartor.evaluate.value.Value.Amount;
import dev.sartor.evaluate.value.Value.Day;
import dev.sartor.evaluate.value.Value.Time;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The values that a text states: days, times of the day, and numbers with their units. Texts are read up to a bound.
final class StatedValues {
    /// Longer texts are no answers to hold against a reference.
    private static final int LONGEST = 20_000;

    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");
    private static final String MONTH =
            "(jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli"
                    + "|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|oktober|nov(?:ember)?|dec(?:ember)?|dezember)";

    private static final Pattern ISO = pattern("(?<!\\d)(\\d{4})-(\\d{2})-(\\d{2})(?!\\d)");
    private static final Pattern DOTTED =
            pattern("(?<!\\d)(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})(?!\\d)");
    private static final Pattern SLASHED = pattern("(?<!\\d)(\\d{1,2})/(\\d{1,2})/(\\d{4})(?!\\d)");
    private static final Pattern DAY_FIRST =
            pattern(
                    "(?<![\\d.,])(\\d{1,2})(?:st|nd|rd|th|\\.)?\\s{1,2}(?:of\\s)?"
                            + MONTH
                            + "\\b\\.?(?:,?\\s(\\d{4})(?!\\d))?");
    private static final Pattern MONTH_FIRST =
            pattern(
                    "\\b"
                            + MONTH
                            + "\\.?\\s(\\d{1,2})(?:st|nd|rd|th)?(?![\\d.,]*\\d)(?:,?\\s(\\d{4})(?!\\d))?");
    private static final Pattern CLOCK =
            pattern("(?<![\\d:])(\\d{1,2}):(\\d{2})(?![\\d:])(?:\\s?([ap])\\.?m\\b)?");
    private static final Pattern HOUR = pattern("(?<![\\d:.,])(\\d{1,2})\\s?([ap])\\.?m\\b");
    private static final Pattern NUMBER =
            pattern(
                    "([€$£]\\s?)?(?<![\\p{L}\\d.,])(-?)(\\d{1,3}(?:[,.'’\\h]\\d{3})+(?!\\d)(?:[.,]\\d+)?|\\d+(?:[.,]\\d+)?)"
                            + "(?:[\\s-]{0,2}(thousand|million|billion))?(?:[\\s-]{0,2}([€$£%]|°c|\\p{L}+))?");
    private static final Pattern WORD =
            pattern("(?<!\\p{L})([a-z]+(?:-[a-z]+)?)(?:[\\s-](\\p{L}+|%))?");

    /// @param start where it stands, in characters
    record Stated(Value value, int start, int end) {}

    private final String text;
    private final List<Stated> found = new ArrayList<>();

    private StatedValues(String text) {
        this.text = text;
    }

    private static Pattern pattern(String expression) {
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /// In the order in which they stand.
    static List<Stated> in(String text) {
        var values = new StatedValues(text.substring(0, Math.min(text.length(), LONGEST)));
        values.days();
        values.times();
        values.amounts();
        values.found.sort(Comparator.comparingInt(Stated::start));
        return values.found;
    }

    private void days() {
        each(ISO, m -> day(Optional.of(number(m, 1)), number(m, 2), number(m, 3)));
        each(DOTTED, m -> day(Optional.of(number(m, 3)), number(m, 2), number(m, 1)));
        each(SLASHED, StatedValues::slashed);
        each(DAY_FIRST, m -> day(year(m), month(m.group(2)), number(m, 1)));
        each(MONTH_FIRST, m -> day(year(m), month(m.group(1)), number(m, 2)));
    }

    /// As in the United States, unless that is no date.
    private static Optional<Value> slashed(Matcher m) {
        var year = Optional.of(number(m, 3));
        return day(year, number(m, 1), number(m, 2))
                .or(() -> day(year, number(m, 2), number(m, 1)));
    }

    private static Optional<Integer> year(Matcher m) {
        return Optional.ofNullable(m.group(3)).map(Integer::parseInt);
    }

    private static int month(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        var known =
                switch (lower) {
                    case "märz" -> "mar";
                    case "mai" -> "may";
                    case "oktober" -> "oct";
                    case "dezember" -> "dec";
                    default -> lower.substring(0, 3);
                };
        return MONTHS.indexOf(known) + 1;
    }

    private static Optional<Value> day(Optional<Integer> year, int month, int day) {
        return month >= 1 && month <= 12 && day >= 1 && day <= 31
                ? Optional.of(new Day(year, month, day))
                : Optional.empty();
    }

    private void times() {
        each(CLOCK, m -> time(number(m, 1), number(m, 2), Optional.ofNullable(m.group(3))));
        each(HOUR, m -> time(number(m, 1), 0, Optional.of(m.group(2))));
    }

    /// @param half `a` or `p`, before or after noon
    private static Optional<Value> time(int hour, int minute, Optional<String> half) {
        boolean isLate = half.filter("p"::equalsIgnoreCase).isPresent();
        int of24 = half.isEmpty() ? hour : hour % 12 + (isLate ? 12 : 0);
        return hour <= 24 && minute < 60 && (half.isEmpty() || hour <= 12)
                ? Optional.of(new Time(of24 * 60 + minute))
                : Optional.empty();
    }

    private void amounts() {
        eachOf(NUMBER, StatedValues::amount);
        eachOf(WORD, StatedValues::word);
    }

    private static Optional<Stated> amount(Matcher m) {
        var sign = Optional.ofNullable(m.group(1)).map(String::strip).flatMap(Units::named);
        var unit = Optional.ofNullable(m.group(5)).flatMap(Units::named);
        var known = sign.or(() -> unit);
        boolean isMoney = known.filter(Unit::isMoney).isPresent();
        double number = Numbers.of(m.group(3), isMoney) * scale(m.group(4));
        int end = m.end(4) < 0 ? m.end(3) : m.end(4);
        return Optional.of(
                new Stated(
                        of(m.group(2).isEmpty() ? number : -number, known),
                        m.start(),
                        sign.isEmpty() && unit.isPresent() ? m.end(5) : end));
    }

    private static double scale(@Nullable String word) {
        return word == null
                ? 1
                : switch (word.toLowerCase(Locale.ROOT)) {
                    case "thousand" -> 1e3;
                    case "million" -> 1e6;
                    default -> 1e9;
                };
    }

    private static Optional<Stated> word(Matcher m) {
        var number = Numbers.word(m.group(1));
        if (number.isEmpty()) {
            return Optional.empty();
        }
        var unit = Optional.ofNullable(m.group(2)).flatMap(Units::named);
        return Optional.of(
                new Stated(
                        of(number.getAsDouble(), unit),
                        m.start(),
                        unit.isPresent() ? m.end(2) : m.end(1)));
    }

    private static Value of(double number, Optional<Unit> unit) {
        return unit.map(each -> new Amount(number * each.times(), each.base()))
                .orElse(new Amount(number, ""));
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }

    private void each(Pattern pattern, Function<Matcher, Optional<Value>> read) {
        eachOf(pattern, m -> read.apply(m).map(value -> new Stated(value, m.start(), m.end())));
    }

    private void eachOf(Pattern pattern, Function<Matcher, Optional<Stated>> read) {
        var matcher = pattern.matcher(text);
        int at = 0;
        while (at <= text.length() && matcher.find(at)) {
            var stated =
                    isFree(matcher.start(), matcher.end())
                            ? read.apply(matcher)
                            : Optional.<Stated>empty();
            stated.ifPresent(found::add);
            // A word that is no number may stand before one that is.
            int next =
                    stated.map(Stated::end)
                            .orElse(matcher.start(1) < 0 ? matcher.end() : matcher.end(1));
            at = Math.max(next, matcher.start() + 1);
        }
    }

    private boolean isFree(int start, int end) {
        return found.stream().noneMatch(each -> each.start() < end && start < each.end());
    }
}
