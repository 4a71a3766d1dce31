package dev.sartor.template.filter;

import dev.sartor.template.value.Arguments;
import dev.sartor.template.value.Comparison;
import dev.sartor.template.value.Dict;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.Function;
import dev.sartor.template.value.Items;
import dev.sartor.template.value.Loop;
import dev.sartor.template.value.Numbers;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Sequences;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.TextCase;
import dev.sartor.template.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// All tests by name: what can stand after `is`.
public final class Tests {
    /// Whether something holds for what stands before `is`.
    @FunctionalInterface
    interface Test {
        boolean holds(Run run, Value subject, Arguments arguments);
    }

    public static final Map<String, Test> ALL = all();

    private Tests() {}

    private static Map<String, Test> all() {
        Map<String, Test> all = new HashMap<>();
        plain(all, "defined", value -> !(value instanceof Value.Undefined));
        plain(all, "undefined", Value.Undefined.class::isInstance);
        plain(all, "none", value -> value == Value.None.NONE);
        plain(all, "boolean", Value.Bool.class::isInstance);
        plain(all, "true", value -> value == Value.Bool.TRUE);
        plain(all, "false", value -> value == Value.Bool.FALSE);
        plain(all, "integer", Value.Int.class::isInstance);
        plain(all, "float", Value.Real.class::isInstance);
        plain(all, "number", value -> Numbers.number(value).isPresent());
        plain(all, "string", Text.class::isInstance);
        plain(all, "mapping", Dict.class::isInstance);
        plain(all, "sequence", Tests::isSequence);
        plain(all, "iterable", Sequences::isIterable);
        plain(
                all,
                "callable",
                value ->
                        value instanceof Function
                                || value instanceof Loop
                                || value instanceof Value.Undefined);
        plain(all, "escaped", value -> value instanceof Text text && text.isMarkup());
        all.put("upper", (run, value, _) -> TextCase.isUpper(run.text(value)));
        all.put("lower", (run, value, _) -> TextCase.isLower(run.text(value)));
        all.put("odd", (run, value, _) -> hasRest(run, value, 1));
        all.put("even", (run, value, _) -> hasRest(run, value, 0));
        all.put(
                "divisibleby",
                (run, value, given) ->
                        !rest(run, value, given.bind("divisibleby", "num").required(0)).isTrue());
        all.put("sameas", (_, value, given) -> isSame(value, given));
        all.put("filter", (run, value, _) -> isName(run, value, Filters.ALL.keySet()));
        all.put("test", (run, value, _) -> isName(run, value, testNames()));
        putComparisons(all);
        return Map.copyOf(all);
    }

    private static void plain(Map<String, Test> all, String name, Predicate<Value> test) {
        all.put(name, (_, value, _) -> test.test(value));
    }

    private static void putComparisons(Map<String, Test> all) {
        Map<String, List<String>> names =
                Map.of(
                        "==", List.of("eq", "equalto", "=="),
                        "!=", List.of("ne", "!="),
                        "<", List.of("lt", "lessthan", "<"),
                        "<=", List.of("le", "<="),
                        ">", List.of("gt", "greaterthan", ">"),
                        ">=", List.of("ge", ">="),
                        "in", List.of("in"));
        names.forEach((operator, same) ->
                same.forEach(name ->
                        all.put(
                                name,
                                (run, value, given) ->
                                        Comparison.holds(
                                                run,
                                                operator,
                                                value,
                                                given.bind(name, "other").required(0)))));
    }

    private static boolean isSequence(Value value) {
        return switch (value) {
            case Items items -> items.kind().isSequence();
            case Text _, Dict _, Value.Undefined _ -> true;
            default -> false;
        };
    }

    private static boolean hasRest(Run run, Value value, int wanted) {
        return Comparison.equal(run, rest(run, value, Value.Int.of(2)), Value.Int.of(wanted));
    }

    private static Value rest(Run run, Value value, Value divisor) {
        return Operators.binary(run, "%", value, divisor);
    }

    private static boolean isSame(Value value, Arguments arguments) {
        return value.equals(arguments.bind("sameas", "other").required(0));
    }

    /// Looks a value up, which must be one that could be a mapping's key.
    private static boolean isName(Run run, Value value, Set<String> names) {
        run.chargeWalk(value);
        return Dict.identity(value) instanceof String name && names.contains(name);
    }

    private static Set<String> testNames() {
        return ALL.keySet();
    }

    public static String unknown(String name) {
        return "there is no test '"
                + name
                + "'; there are "
                + String.join(", ", ALL.keySet().stream().sorted().toList());
    }

    public static boolean holds(Run run, String name, Value subject, Arguments arguments) {
        var test = ALL.get(name);
        if (test == null) {
            throw new Fault(unknown(name));
        }
        return test.holds(run, subject, arguments);
    }
}
