package dev.sartor.template;

import dev.sartor.template.filter.Strftime;
import dev.sartor.template.filter.TurnTaking;
import dev.sartor.template.value.Arguments;
import dev.sartor.template.value.Dict;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.Function;
import dev.sartor.template.value.Items;
import dev.sartor.template.value.Namespace;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Sequences;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.Value;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The functions that every template may call.
final class Globals {
    static final Map<String, Value> ALL =
            Map.of(
                    "cycler", new Function("cycler", TurnTaking::cycler),
                    "joiner", new Function("joiner", TurnTaking::joiner),
                    "range", new Function("range", Globals::range),
                    "dict", new Function("dict", Globals::dict),
                    "namespace", new Function("namespace", Globals::namespace),
                    "raise_exception", new Function("raise_exception", Globals::raise),
                    "strftime_now", new Function("strftime_now", Globals::now));

    private Globals() {}

    private static Value range(Run run, Arguments arguments) {
        var bound = arguments.bind("range", "start", "stop", "step");
        boolean isStopOnly = bound.at(1).isEmpty();
        bound.required(0);
        long start = isStopOnly ? 0 : bound.number(0, 0);
        long stop = isStopOnly ? bound.number(0, 0) : bound.number(1, 0);
        long step = bound.number(2, 1);
        if (step == 0) {
            throw new Fault("a range's step may not be 0");
        }
        long distance = step > 0 ? stop - start : start - stop;
        long count = Math.max(0, Math.ceilDiv(distance, Math.abs(step)));
        if (count > run.limits().range()) {
            throw new Fault(
                    "a range has more than "
                            + run.limits().range()
                            + " numbers (template limit 'range')");
        }
        run.charge(count);
        List<Value> numbers = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            numbers.add(Value.Int.of(start + i * step));
        }
        return new Items(Items.Kind.RANGE, numbers);
    }

    private static Value dict(Run run, Arguments arguments) {
        return new Dict(entries(run, arguments));
    }

    private static Value namespace(Run run, Arguments arguments) {
        var namespace = new Namespace();
        entries(run, arguments)
                .forEach(entry -> namespace.put(run.text(entry.key()).string(), entry.value()));
        return namespace;
    }

    private static List<Dict.Entry> entries(Run run, Arguments arguments) {
        List<Dict.Entry> entries = new ArrayList<>();
        if (arguments.positional().size() > 1) {
            throw new Fault("'dict' takes at most one mapping or list of pairs");
        }
        for (var source : arguments.positional()) {
            if (source instanceof Dict dict) {
                entries.addAll(dict.entries());
            } else {
                for (var pair : Sequences.values(run, source)) {
                    var parts = Sequences.values(run, pair);
                    if (parts.size() != 2) {
                        throw new Fault("'dict' needs pairs of key and value");
                    }
                    entries.add(new Dict.Entry(parts.get(0), parts.get(1)));
                }
            }
        }
        arguments
                .named()
                .forEach((name, value) -> entries.add(new Dict.Entry(Text.own(name), value)));
        run.charge(entries.size());
        return entries;
    }

    private static Value raise(Run run, Arguments arguments) {
        throw new Fault(
                "the template refuses: "
                        + run.text(arguments.bind("raise_exception", "message").required(0)));
    }

    private static Value now(Run run, Arguments arguments) {
        var format = arguments.bind("strftime_now", "format").text(0);
        var now = ZonedDateTime.now(run.clock());
        var out = run.builder();
        Strftime.append(out, format.string(), now);
        return run.finished(out);
    }
}
