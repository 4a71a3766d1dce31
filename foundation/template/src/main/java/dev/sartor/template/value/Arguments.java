package dev.sartor.template.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a call hands over.
public record Arguments(List<Value> positional, Map<String, Value> named) {
    public static final Arguments NONE = new Arguments(List.of(), Map.of());

    static Arguments of(Value... values) {
        return new Arguments(List.of(values), Map.of());
    }

    /// The arguments from the given one on, as `map` and `select` hand them to the filter or test that they name.
    public Arguments from(int first) {
        return new Arguments(positional.subList(first, positional.size()), named);
    }

    /// Matches the arguments with a function's parameters.
    public Bound bind(String function, String... parameters) {
        if (positional.size() > parameters.length) {
            throw new Fault(
                    String.format(
                            Locale.ROOT,
                            "%s takes at most %d arguments, got %d",
                            function,
                            parameters.length,
                            positional.size()));
        }
        List<Optional<Value>> values = new ArrayList<>();
        for (int i = 0; i < parameters.length; i++) {
            boolean isPositional = i < positional.size();
            if (isPositional && named.containsKey(parameters[i])) {
                throw new Fault(function + " got two values for '" + parameters[i] + "'");
            }
            values.add(
                    isPositional
                            ? Optional.of(positional.get(i))
                            : Optional.ofNullable(named.get(parameters[i])));
        }
        var known = List.of(parameters);
        for (var name : named.keySet()) {
            if (!known.contains(name)) {
                throw new Fault(function + " has no parameter '" + name + "'");
            }
        }
        return new Bound(function, known, values);
    }

    /// Arguments in the order of a function's parameters.
    public record Bound(String function, List<String> parameters, List<Optional<Value>> values) {
        public Optional<Value> at(int index) {
            return values.get(index);
        }

        /// The argument where it is neither left out nor `none`.
        public Optional<Value> given(int index) {
            return values.get(index).filter(value -> value != Value.None.NONE);
        }

        public Value required(int index) {
            return values.get(index)
                    .orElseThrow(() ->
                            new Fault(
                                    function
                                            + " needs its argument '"
                                            + parameters.get(index)
                                            + "'"));
        }

        public boolean flag(int index, boolean otherwise) {
            return values.get(index).map(Value::isTrue).orElse(otherwise);
        }

        public Text text(int index) {
            return asText(index, required(index));
        }

        public Text text(int index, String otherwise) {
            return values.get(index)
                    .map(value -> asText(index, value))
                    .orElseGet(() -> Text.own(otherwise));
        }

        public int number(int index, int otherwise) {
            return values.get(index).map(value -> asNumber(index, value)).orElse(otherwise);
        }

        private Text asText(int index, Value value) {
            if (value instanceof Text text) {
                return text;
            }
            throw Fault.wrongType(name(index) + " must be a text", value);
        }

        private int asNumber(int index, Value value) {
            return switch (value) {
                case Value.Int number -> number.clamped();
                case Value.Bool bool -> bool.isTrue() ? 1 : 0;
                default -> throw Fault.wrongType(name(index) + " must be a whole number", value);
            };
        }

        private String name(int index) {
            return "argument '" + parameters.get(index) + "' of " + function;
        }
    }
}
