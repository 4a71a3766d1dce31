package dev.sartor.generate;

import dev.sartor.core.SartorException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decimal numerals, without exponents, whose values lie in a range and are multiples of a step: digit by digit it is
/// remembered how the number compares with each bound so far, and its remainder.
final class NumeralAutomaton {
    /// Whole digits of a number, so that it keeps its value as a double.
    private static final int MOST_DIGITS = 15;

    private static final int MOST_DECIMALS = 6;
    private static final int MOST_STATES = 20_000;

    /// In the order of their codes.
    private static final String SYMBOLS = "-.0123456789";

    /// @param digits whole digits read; −1 before any, with a sign or without
    /// @param decimals digits read after the point; −1 before the point
    /// @param low,high how the digits compare with the bound's magnitude: −1, 0 or 1
    /// @param remainder of the digits read, as a whole number, by the step
    private record Place(
            boolean negative,
            boolean zero,
            int digits,
            int decimals,
            int low,
            int high,
            int remainder) {}

    private final NumberRange range;
    private final int decimals;
    private final int step;
    private final List<Place> places = new ArrayList<>();
    private final Map<Place, Integer> numbers = new HashMap<>();

    private NumeralAutomaton(NumberRange range) {
        this.range = range;
        int ofStep = range.step().map(s -> Math.max(0, s.stripTrailingZeros().scale())).orElse(0);
        this.decimals = range.integer() ? 0 : range.step().isPresent() ? ofStep : decimals(range);
        this.step = step(range, range.integer() ? ofStep : decimals);
    }

    /// Enough to lie between the bounds.
    private static int decimals(NumberRange range) {
        int low = range.low().map(b -> b.stripTrailingZeros().scale()).orElse(0);
        int high = range.high().map(b -> b.stripTrailingZeros().scale()).orElse(0);
        return Math.clamp(Math.max(low, high) + 1, MOST_DECIMALS, MOST_DIGITS);
    }

    /// In units of the last decimal.
    private static int step(NumberRange range, int decimals) {
        if (range.step().isEmpty()) {
            return 1;
        }
        var scaled = range.step().get().movePointRight(decimals).toBigIntegerExact();
        if (range.integer() && decimals > 0) {
            // n is a multiple of a/10^d where it is one of a / gcd(a, 10^d).
            scaled = scaled.divide(scaled.gcd(BigInteger.TEN.pow(decimals)));
        }
        return scaled.intValueExact();
    }

    /// @throws SartorException a user's error where the step makes it too large
    static Automaton of(NumberRange range) {
        try {
            return new NumeralAutomaton(range).automaton();
        } catch (ArithmeticException e) {
            throw tooLarge(range);
        }
    }

    private static SartorException tooLarge(NumberRange range) {
        return SartorException.user(
                "multipleOf "
                        + range.step().map(BigDecimal::toPlainString).orElse("")
                        + " cannot be held: it needs too many states. Use a rounder number");
    }

    private Automaton automaton() {
        var start = new Place(false, false, -1, -1, 0, 0, 0);
        number(start);
        var made = new Automaton.Builder();
        for (int i = 0; i < places.size(); i++) {
            made.state(isNumber(places.get(i)));
            for (int each = 0; each < SYMBOLS.length(); each++) {
                char symbol = SYMBOLS.charAt(each);
                FormBudget.steps(50);
                next(places.get(i), symbol, i == 0)
                        .ifPresent(after -> made.edge(symbol, symbol, number(after)));
            }
        }
        return made.automaton();
    }

    private int number(Place place) {
        return numbers.computeIfAbsent(
                place,
                _ -> {
                    if (places.size() == MOST_STATES) {
                        throw tooLarge(range);
                    }
                    places.add(place);
                    return places.size() - 1;
                });
    }

    private Optional<Place> next(Place at, char symbol, boolean first) {
        if (symbol == '-') {
            return first ? Optional.of(new Place(true, false, -1, -1, 0, 0, 0)) : Optional.empty();
        }
        if (symbol == '.') {
            return at.digits < 1 || at.decimals >= 0 || decimals == 0
                    ? Optional.empty()
                    : Optional.of(
                            new Place(
                                    at.negative,
                                    at.zero,
                                    MOST_DIGITS,
                                    0,
                                    settled(at.low, at, range.low()),
                                    settled(at.high, at, range.high()),
                                    at.remainder));
        }
        int digit = symbol - '0';
        int remainder = (int) ((at.remainder * 10L + digit) % step);
        if (at.decimals >= 0) {
            return at.decimals == decimals
                    ? Optional.empty()
                    : Optional.of(
                            new Place(
                                    at.negative,
                                    at.zero && digit == 0,
                                    at.digits,
                                    at.decimals + 1,
                                    compared(at.low, range.low(), digit, at.decimals, true),
                                    compared(at.high, range.high(), digit, at.decimals, true),
                                    remainder));
        }
        if (at.digits == MOST_DIGITS || (at.digits > 0 && at.zero)) {
            return Optional.empty();
        }
        int place = Math.max(0, at.digits);
        return Optional.of(
                new Place(
                        at.negative,
                        digit == 0 && place == 0,
                        place + 1,
                        -1,
                        compared(at.low, range.low(), digit, place, false),
                        compared(at.high, range.high(), digit, place, false),
                        remainder));
    }

    private static String whole(Optional<BigDecimal> bound) {
        return bound.map(b -> b.abs().toBigInteger().toString()).orElse("");
    }

    /// The comparison of digits up to here, as long as both have as many before the point.
    private static int compared(
            int so, Optional<BigDecimal> bound, int digit, int place, boolean fraction) {
        if (so != 0 || bound.isEmpty()) {
            return so;
        }
        var plain = bound.get().abs().stripTrailingZeros().toPlainString();
        int point = plain.indexOf('.');
        var digits = fraction ? point < 0 ? "" : plain.substring(point + 1) : whole(bound);
        int other = place < digits.length() ? digits.charAt(place) - '0' : 0;
        return Integer.compare(digit, other);
    }

    /// The comparison of the whole parts, once all their digits are there.
    private static int settled(int so, Place at, Optional<BigDecimal> bound) {
        if (bound.isEmpty() || at.decimals >= 0) {
            return so;
        }
        int count = Integer.compare(at.digits, whole(bound).length());
        return count != 0 ? count : so;
    }

    private boolean isNumber(Place at) {
        boolean complete = at.digits >= 1 && at.decimals != 0;
        // What is not written of the decimals is zeros. A minus before zero is left out.
        return complete
                && !(at.negative && at.zero)
                && isMultiple(at)
                && range.low().map(low -> isAbove(at, low)).orElse(true)
                && range.high().map(high -> isBelow(at, high)).orElse(true);
    }

    private boolean isMultiple(Place at) {
        long value = at.remainder;
        for (int i = Math.max(0, at.decimals); i < decimals; i++) {
            value = value * 10 % step;
        }
        return value == 0;
    }

    /// How the number read compares with a bound.
    private int sign(Place at, BigDecimal bound, int so) {
        int ofNumber = at.zero ? 0 : at.negative ? -1 : 1;
        if (ofNumber != bound.signum()) {
            return Integer.compare(ofNumber, bound.signum());
        }
        if (ofNumber == 0) {
            return 0;
        }
        int magnitude = settled(so, at, Optional.of(bound));
        if (magnitude == 0 && hasMore(at, bound)) {
            magnitude = -1;
        }
        return ofNumber * magnitude;
    }

    /// Whether the bound has decimals other than zero behind those read.
    private static boolean hasMore(Place at, BigDecimal bound) {
        return bound.stripTrailingZeros().scale() > Math.max(0, at.decimals);
    }

    private boolean isAbove(Place at, BigDecimal low) {
        int sign = sign(at, low, at.low);
        return range.lowOpen() ? sign > 0 : sign >= 0;
    }

    private boolean isBelow(Place at, BigDecimal high) {
        int sign = sign(at, high, at.high);
        return range.highOpen() ? sign < 0 : sign <= 0;
    }
}
