package dev.sartor.template.filter;

import dev.sartor.template.value.Function;
import dev.sartor.template.value.Numbers;
import dev.sartor.template.value.Value;
import java.util.Optional;

/// The methods of numbers that templates have a use for.
final class NumberMethods {
    private NumberMethods() {}

    static Optional<Value> bound(Value number, String name) {
        return switch (name) {
            case "is_integer" ->
                    number instanceof Value.Real real
                            ? Optional.of(plain(name, Value.Bool.of(isWhole(real.value()))))
                            : Optional.empty();
            case "bit_length" ->
                    Numbers.number(number)
                            .filter(Value.Int.class::isInstance)
                            .map(whole -> plain(name, bits((Value.Int) whole)));
            default -> Optional.empty();
        };
    }

    private static Value plain(String name, Value result) {
        return new Function(
                name,
                (_, arguments) -> {
                    arguments.bind(name);
                    return result;
                });
    }

    private static boolean isWhole(double number) {
        return number == Math.rint(number);
    }

    private static Value bits(Value.Int whole) {
        return Value.Int.of(whole.value().abs().bitLength());
    }
}
