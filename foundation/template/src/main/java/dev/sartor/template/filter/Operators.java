package dev.sartor.template.filter;

import dev.sartor.template.value.Comparison;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.Items;
import dev.sartor.template.value.Numbers;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.TextBuilder;
import dev.sartor.template.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `+ - * / // % **` as in Python.
public final class Operators {
    private Operators() {}

    public static Value binary(Run run, String operator, Value left, Value right) {
        var a = Numbers.number(left);
        var b = Numbers.number(right);
        if (a.isPresent() && b.isPresent()) {
            return Numbers.calculate(operator, a.get(), b.get());
        }
        if (operator.equals("%") && left instanceof Text format) {
            return new PercentFormat(run, format, right).result();
        }
        Comparison.refuseUndefined(left);
        Comparison.refuseUndefined(right);
        if (operator.equals("+")) {
            if (left instanceof Text first && right instanceof Text second) {
                return joined(run, first, second);
            }
            if (left instanceof Items first
                    && right instanceof Items second
                    && first.kind().isAlike(second.kind())
                    && canGrow(first)) {
                return joined(run, first, second);
            }
        }
        if (operator.equals("*")) {
            if (b.isPresent() && b.get() instanceof Value.Int times) {
                return repeated(run, left, times);
            }
            if (a.isPresent() && a.get() instanceof Value.Int times) {
                return repeated(run, right, times);
            }
        }
        throw unsupported(operator, left, right);
    }

    private static Text joined(Run run, Text first, Text second) {
        return first.isMarkup() || second.isMarkup()
                ? run.joined(TextFilters.escaped(run, first), TextFilters.escaped(run, second))
                        .asMarkup()
                : run.joined(first, second);
    }

    private static boolean canGrow(Items items) {
        return items.kind() == Items.Kind.LIST || items.kind().isTuple();
    }

    private static Items joined(Run run, Items first, Items second) {
        List<Value> all = new ArrayList<>(first.values());
        all.addAll(second.values());
        run.charge(all.size());
        return new Items(plain(first.kind()), all);
    }

    private static Items.Kind plain(Items.Kind kind) {
        return kind.isTuple() ? Items.Kind.TUPLE : kind;
    }

    private static Value repeated(Run run, Value value, Value.Int count) {
        int times = Math.max(0, count.clamped());
        if (value instanceof Text text) {
            if ((long) text.length() * times > run.limits().characters()) {
                throw TextBuilder.tooLong(run.limits().characters());
            }
            var result = run.builder();
            for (int i = 0; i < (text.length() == 0 ? 0 : times); i++) {
                result.append(text);
                run.charge(1);
            }
            return run.finished(result);
        }
        if (value instanceof Items items && canGrow(items)) {
            run.charge((long) items.size() * times);
            List<Value> all = new ArrayList<>();
            for (int i = 0; i < (items.size() == 0 ? 0 : times); i++) {
                all.addAll(items.values());
            }
            return new Items(plain(items.kind()), all);
        }
        throw unsupported("*", value, count);
    }

    private static Fault unsupported(String operator, Value left, Value right) {
        return new Fault(
                String.format(
                        Locale.ROOT,
                        "'%s' does not work between '%s' and '%s'",
                        operator,
                        left.typeName(),
                        right.typeName()));
    }
}
