package dev.sartor.tune.trainer;

import dev.sartor.core.Problems;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.random.RandomGenerator;

/// A setting that a search varies. Its values are numbers from 0 to 1 inside of the search: places on the range, or
/// choices side by side.
public sealed interface Dimension {
    /// The setting's key, such as `learning_rate`.
    String name();

    /// A range of numbers.
    ///
    /// @param logarithmic whether a factor counts and not a difference, as for learning rates
    /// @param whole whether only whole numbers are meant
    record Range(String name, double least, double most, boolean logarithmic, boolean whole)
            implements Dimension {
        public Range {
            Problems.refuseUnless(
                    least < most, name + ".from", "less than its `to`", least, "got to: " + most);
            Problems.refuseUnless(
                    !logarithmic || least > 0,
                    name + ".from",
                    "more than 0 on a logarithmic scale",
                    least,
                    "choose scale: linear, or begin above 0");
        }

        /// The number at a place.
        double at(double place) {
            double value =
                    logarithmic
                            ? least * Math.pow(most / least, place)
                            : least + (most - least) * place;
            return whole ? Math.rint(value) : value;
        }
    }

    /// One of several values, between which there is no order.
    record Choice(String name, List<String> values) implements Dimension {
        public Choice {
            values = List.copyOf(values);
            Problems.refuseUnless(
                    values.size() > 1,
                    name,
                    "a list of at least two values",
                    values,
                    "write a single value under `tune` itself");
        }

        int index(double place) {
            return (int) Math.min(values.size() - 1, Math.floor(place * values.size()));
        }
    }

    /// The same under another name.
    default Dimension named(String other) {
        return switch (this) {
            case Range(_, var least, var most, var logarithmic, var whole) ->
                    new Range(other, least, most, logarithmic, whole);
            case Choice(_, var values) -> new Choice(other, values);
        };
    }

    /// The value at a place, as it stands in a project file.
    default String value(double place) {
        return switch (this) {
            case Range range when range.whole() -> Long.toString((long) range.at(place));
            case Range range -> rounded(range.at(place));
            case Choice choice -> choice.values().get(choice.index(place));
        };
    }

    /// To four digits: what is tried can be written down.
    private static String rounded(double value) {
        var rounded = new BigDecimal(value).round(new MathContext(4)).doubleValue();
        return Double.toString(rounded).replace(".0E", "e").replace("E", "e");
    }

    /// How many values there are; the largest number where they cannot be counted.
    default long count() {
        return switch (this) {
            case Range range when range.whole() -> (long) (range.most() - range.least()) + 1;
            case Range _ -> Long.MAX_VALUE;
            case Choice choice -> choice.values().size();
        };
    }

    /// Any place, each as likely.
    default double drawn(RandomGenerator random) {
        return random.nextDouble();
    }
}
