package dev.sartor.template.value;

import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;

/// Equality, order and containment as in Python. What is data plays no part in it.
public final class Comparison {
    private Comparison() {}

    public static boolean holds(Run run, String operator, Value left, Value right) {
        return switch (operator) {
            case "==" -> equal(run, left, right);
            case "!=" -> !equal(run, left, right);
            case "in" -> contains(run, right, left);
            case "not in" -> !contains(run, right, left);
            case "<" -> order(run, operator, left, right).filter(o -> o < 0).isPresent();
            case "<=" -> order(run, operator, left, right).filter(o -> o <= 0).isPresent();
            case ">" -> order(run, operator, left, right).filter(o -> o > 0).isPresent();
            case ">=" -> order(run, operator, left, right).filter(o -> o >= 0).isPresent();
            default -> throw new IllegalArgumentException(operator);
        };
    }

    public static boolean equal(Run run, Value left, Value right) {
        run.charge(1);
        if (left instanceof Text a && right instanceof Text b) {
            run.chargeText(Math.min(a.length(), b.length()));
            return a.string().equals(b.string());
        }
        var a = Numbers.number(left);
        var b = Numbers.number(right);
        if (a.isPresent() && b.isPresent()) {
            return Numbers.compared(a.get(), b.get()).filter(o -> o == 0).isPresent();
        }
        if (left instanceof Items c && right instanceof Items d) {
            return c.kind().isAlike(d.kind()) && equal(run, c, d);
        }
        if (left instanceof Dict c && right instanceof Dict d) {
            return equal(run, c, d);
        }
        return left instanceof Value.Undefined
                ? right instanceof Value.Undefined
                : left.equals(right);
    }

    private static boolean equal(Run run, Items left, Items right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!equal(run, left.values().get(i), right.values().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equal(Run run, Dict left, Dict right) {
        return left.size() == right.size()
                && left.entries().stream()
                        .allMatch(entry ->
                                right.get(entry.key())
                                        .filter(other -> equal(run, entry.value(), other))
                                        .isPresent());
    }

    /// Negative, zero or positive; empty where no order holds (NaN).
    public static Optional<Integer> order(Run run, String operator, Value left, Value right) {
        run.charge(1);
        if (left instanceof Text a && right instanceof Text b) {
            run.chargeText(Math.min(a.length(), b.length()));
            return Optional.of(compareCodePoints(a.string(), b.string()));
        }
        var a = Numbers.number(left);
        var b = Numbers.number(right);
        if (a.isPresent() && b.isPresent()) {
            return Numbers.compared(a.get(), b.get());
        }
        if (left instanceof Items c
                && right instanceof Items d
                && c.kind().isAlike(d.kind())
                && c.kind() != Items.Kind.RANGE) {
            return order(run, operator, c, d);
        }
        refuseUndefined(left);
        refuseUndefined(right);
        throw new Fault(
                String.format(
                        Locale.ROOT,
                        "'%s' does not compare '%s' with '%s'",
                        operator,
                        left.typeName(),
                        right.typeName()));
    }

    private static Optional<Integer> order(Run run, String operator, Items left, Items right) {
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            var a = left.values().get(i);
            var b = right.values().get(i);
            if (!equal(run, a, b)) {
                return order(run, operator, a, b);
            }
        }
        return Optional.of(Integer.compare(left.size(), right.size()));
    }

    /// Java compares UTF-16 units, which puts characters beyond the first plane too early.
    private static int compareCodePoints(String a, String b) {
        int i = 0;
        int common = Math.min(a.length(), b.length());
        while (i < common && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        if (i == common) {
            return Integer.compare(a.length(), b.length());
        }
        boolean areBothSurrogates =
                Character.isSurrogate(a.charAt(i)) == Character.isSurrogate(b.charAt(i));
        if (areBothSurrogates) {
            return Character.compare(a.charAt(i), b.charAt(i));
        }
        return Character.isSurrogate(a.charAt(i)) ? 1 : -1;
    }

    static boolean contains(Run run, Value container, Value element) {
        if (container instanceof Text text) {
            if (!(element instanceof Text part)) {
                throw Fault.wrongType("only a text can be 'in' a text", element);
            }
            run.chargeSearch(text, part);
            return text.string().contains(part.string());
        }
        if (container instanceof Dict dict) {
            run.chargeWalk(element);
            return dict.has(element);
        }
        for (Iterator<Value> values = Sequences.iterator(run, container); values.hasNext(); ) {
            if (equal(run, values.next(), element)) {
                return true;
            }
        }
        return false;
    }

    public static void refuseUndefined(Value value) {
        if (value instanceof Value.Undefined undefined) {
            throw new Fault(undefined.message());
        }
    }
}
