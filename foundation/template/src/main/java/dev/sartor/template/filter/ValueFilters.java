package dev.sartor.template.filter;

import dev.sartor.template.value.Arguments;
import dev.sartor.template.value.Comparison;
import dev.sartor.template.value.Dict;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.JsonText;
import dev.sartor.template.value.Numbers;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.Value;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Filters over numbers and values of any kind.
final class ValueFilters {
    private ValueFilters() {}

    static Map<String, Filters.Filter> all() {
        Map<String, Filters.Filter> all = new HashMap<>();
        all.put("default", (_, subject, given) -> otherwise(subject, given));
        all.put("d", (_, subject, given) -> otherwise(subject, given));
        all.put("tojson", ValueFilters::toJson);
        all.put("attr", ValueFilters::attribute);
        all.put("int", (run, subject, given) -> toInt(run, subject, given));
        all.put("float", (run, subject, given) -> toFloat(run, subject, given));
        all.put("abs", (_, subject, _) -> absolute(subject));
        all.put("round", (_, subject, given) -> round(subject, given));
        return all;
    }

    private static Value otherwise(Value subject, Arguments arguments) {
        var bound = arguments.bind("default", "default_value", "boolean");
        boolean isReplaced =
                subject instanceof Value.Undefined || (bound.flag(1, false) && !subject.isTrue());
        return isReplaced ? bound.at(0).orElse(Text.EMPTY) : subject;
    }

    private static Value toJson(Run run, Value subject, Arguments arguments) {
        var bound = arguments.bind("tojson", "ensure_ascii", "indent", "separators", "sort_keys");
        return new JsonText(run, JsonText.Style.of(run, bound)).of(subject);
    }

    private static Value attribute(Run run, Value subject, Arguments arguments) {
        var name = arguments.bind("attr", "name").text(0).string();
        return Members.ownAttribute(run, subject, name)
                .orElseGet(() -> Value.Undefined.member(subject, name));
    }

    private static Value toInt(Run run, Value subject, Arguments arguments) {
        Comparison.refuseUndefined(subject);
        var bound = arguments.bind("int", "default", "base");
        int base = bound.number(1, 10);
        Optional<Value> number =
                switch (subject) {
                    case Text text -> {
                        run.chargeSearch(text, text);
                        yield parsedInt(text.string(), base);
                    }
                    case Value.Real real -> whole(real.value());
                    default -> Numbers.number(subject);
                };
        return number.orElseGet(() -> bound.at(0).orElseGet(() -> Value.Int.of(0)));
    }

    private static Optional<Value> parsedInt(String text, int base) {
        var digits = text.strip().replace("_", "");
        boolean hasPrefix =
                (base == 16 && digits.startsWith("0x"))
                        || (base == 8 && digits.startsWith("0o"))
                        || (base == 2 && digits.startsWith("0b"));
        try {
            return Optional.of(
                    new Value.Int(new BigInteger(hasPrefix ? digits.substring(2) : digits, base)));
        } catch (NumberFormatException e) {
            return parsedFloat(text).flatMap(ValueFilters::whole);
        }
    }

    private static Optional<Value> whole(double number) {
        return Double.isNaN(number) || Double.isInfinite(number)
                ? Optional.empty()
                : Optional.of(new Value.Int(Dict.wholeNumber(number)));
    }

    private static Value toFloat(Run run, Value subject, Arguments arguments) {
        Comparison.refuseUndefined(subject);
        var bound = arguments.bind("float", "default");
        Optional<Double> number;
        if (subject instanceof Text text) {
            run.charge(text.length());
            number = parsedFloat(text.string());
        } else {
            number = Numbers.number(subject).map(Numbers::asDouble);
        }
        return number.<Value>map(Value.Real::new)
                .orElseGet(() -> bound.at(0).orElseGet(() -> new Value.Real(0)));
    }

    private static Optional<Double> parsedFloat(String text) {
        var digits = text.strip().replace("_", "").toLowerCase(Locale.ROOT);
        var unsigned =
                digits.startsWith("-") || digits.startsWith("+") ? digits.substring(1) : digits;
        if (unsigned.equals("nan")) {
            return Optional.of(Double.NaN);
        }
        if (unsigned.equals("inf") || unsigned.equals("infinity")) {
            return Optional.of(
                    digits.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        boolean isNumber =
                !unsigned.isEmpty()
                        && unsigned.chars().allMatch(c -> "0123456789.e+-".indexOf(c) >= 0);
        try {
            return isNumber ? Optional.of(Double.parseDouble(digits)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Value absolute(Value subject) {
        return switch (number(subject, "abs")) {
            case Value.Int whole -> new Value.Int(whole.value().abs());
            case Value.Real real -> new Value.Real(Math.abs(real.value()));
            default -> throw Fault.wrongType("'abs' needs a number", subject);
        };
    }

    private static Value number(Value subject, String filter) {
        Comparison.refuseUndefined(subject);
        return Numbers.number(subject)
                .orElseThrow(() -> Fault.wrongType("'" + filter + "' needs a number", subject));
    }

    private static Value round(Value subject, Arguments arguments) {
        var bound = arguments.bind("round", "precision", "method");
        int decimals = bound.number(0, 0);
        var method = bound.text(1, "common").string();
        var value = number(subject, "round");
        if (method.equals("common") && value instanceof Value.Int whole) {
            return decimals >= 0 ? value : Numbers.rounded(whole, decimals);
        }
        double number = Numbers.asDouble(value);
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return value;
        }
        var mode =
                switch (method) {
                    case "common" -> RoundingMode.HALF_EVEN;
                    case "ceil" -> RoundingMode.CEILING;
                    case "floor" -> RoundingMode.FLOOR;
                    default ->
                            throw new Fault(
                                    "'round' has the methods common, ceil and floor, got '"
                                            + method
                                            + "'");
                };
        return new Value.Real(Numbers.rounded(number, decimals, mode).doubleValue());
    }
}
