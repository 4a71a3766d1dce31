package dev.sartor.template.filter;

import dev.sartor.template.value.Arguments;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.OneShot;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Sequences;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Filters that apply another filter or test to each value: `map`, `select`, `reject` and theirs by attribute.
final class SelectingFilters {
    private SelectingFilters() {}

    static Map<String, Filters.Filter> all() {
        return Map.of(
                "map", SelectingFilters::map,
                "select", (run, subject, given) -> select(run, subject, given, true),
                "reject", (run, subject, given) -> select(run, subject, given, false),
                "selectattr", (run, subject, given) -> selectByAttribute(run, subject, given, true),
                "rejectattr",
                        (run, subject, given) -> selectByAttribute(run, subject, given, false));
    }

    private static Value map(Run run, Value subject, Arguments arguments) {
        List<Value> mapped = new ArrayList<>();
        if (arguments.positional().isEmpty()) {
            var bound =
                    new Arguments(List.of(), arguments.named()).bind("map", "attribute", "default");
            var getter = AttributeGetter.of(run, Optional.of(bound.required(0)), bound.at(1));
            values(run, subject).forEach(value -> mapped.add(getter.get(value)));
        } else {
            var name = name(arguments, 0, "map");
            for (var value : values(run, subject)) {
                run.charge(1);
                mapped.add(Filters.apply(run, name, value, arguments.from(1)));
            }
        }
        return new OneShot(mapped);
    }

    /// Unlike all other filters these take whatever counts as false, `none` for one, for an empty sequence.
    private static List<Value> values(Run run, Value subject) {
        return subject.isTrue() ? Sequences.values(run, subject) : List.of();
    }

    private static Value select(Run run, Value subject, Arguments arguments, boolean isKept) {
        List<Value> kept = new ArrayList<>();
        for (var value : values(run, subject)) {
            if (passes(run, value, arguments, "select") == isKept) {
                kept.add(value);
            }
        }
        return new OneShot(kept);
    }

    private static Value selectByAttribute(
            Run run, Value subject, Arguments arguments, boolean isKept) {
        if (arguments.positional().isEmpty()) {
            throw new Fault("'selectattr' needs an attribute's name");
        }
        var getter = AttributeGetter.of(run, Optional.of(arguments.positional().getFirst()));
        List<Value> kept = new ArrayList<>();
        for (var value : values(run, subject)) {
            if (passes(run, getter.get(value), arguments.from(1), "selectattr") == isKept) {
                kept.add(value);
            }
        }
        return new OneShot(kept);
    }

    private static boolean passes(Run run, Value value, Arguments test, String filter) {
        run.charge(1);
        return test.positional().isEmpty()
                ? value.isTrue()
                : Tests.holds(run, name(test, 0, filter), value, test.from(1));
    }

    private static String name(Arguments arguments, int index, String filter) {
        if (arguments.positional().get(index) instanceof Text text) {
            return text.string();
        }
        throw new Fault("'" + filter + "' needs the name of a filter or test as a text");
    }
}
