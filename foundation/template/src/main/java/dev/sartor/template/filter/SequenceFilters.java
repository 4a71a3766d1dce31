package dev.sartor.template.filter;

import dev.sartor.template.value.Arguments;
import dev.sartor.template.value.Comparison;
import dev.sartor.template.value.Dict;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.Items;
import dev.sartor.template.value.OneShot;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Sequences;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Filters over lists and mappings.
final class SequenceFilters {
    private SequenceFilters() {}

    static Map<String, Filters.Filter> all() {
        Map<String, Filters.Filter> all = new HashMap<>();
        all.put("length", (_, subject, _) -> length(subject));
        all.put("count", (_, subject, _) -> length(subject));
        all.put("first", (run, subject, _) -> first(run, subject));
        all.put("last", (run, subject, _) -> last(run, subject));
        all.put("list", (run, subject, _) -> Items.list(Sequences.values(run, subject)));
        all.put("items", (run, subject, _) -> items(run, subject));
        all.put("reverse", (run, subject, _) -> reverse(run, subject));
        all.put("sort", SequenceFilters::sort);
        all.put("dictsort", SequenceFilters::sortDict);
        all.put("unique", SequenceFilters::unique);
        all.put("min", (run, subject, given) -> extreme(run, subject, given, false));
        all.put("max", (run, subject, given) -> extreme(run, subject, given, true));
        all.put("sum", SequenceFilters::sum);
        all.put("batch", SequenceFilters::batch);
        all.put("slice", SequenceFilters::slice);
        all.put("groupby", SequenceFilters::groupBy);
        return all;
    }

    private static Value length(Value subject) {
        return Sequences.length(subject)
                .map(Value.Int::of)
                .orElseThrow(() -> new Fault("'" + subject.typeName() + "' has no length"));
    }

    private static Value first(Run run, Value subject) {
        var values = Sequences.iterator(run, subject);
        return values.hasNext()
                ? values.next()
                : new Value.Undefined("there is no first item: the sequence is empty");
    }

    private static Value last(Run run, Value subject) {
        if (subject instanceof OneShot) {
            throw new Fault("'last' needs a sequence; put '| list' before it");
        }
        var values = Sequences.values(run, subject);
        return values.isEmpty()
                ? new Value.Undefined("there is no last item: the sequence is empty")
                : values.getLast();
    }

    private static Value items(Run run, Value subject) {
        return switch (subject) {
            case Value.Undefined _ -> new OneShot(List.of());
            case Dict dict -> {
                run.charge(dict.size());
                yield new OneShot(dict.pairs());
            }
            default -> throw Fault.wrongType("'items' needs a mapping", subject);
        };
    }

    private static Value reverse(Run run, Value subject) {
        var values = new ArrayList<>(Sequences.values(run, subject));
        Collections.reverse(values);
        return subject instanceof Text
                ? TextMethods.join(run, Text.EMPTY, values)
                : new OneShot(values);
    }

    private static Value sort(Run run, Value subject, Arguments arguments) {
        var bound = arguments.bind("sort", "reverse", "case_sensitive", "attribute");
        boolean isExact = bound.flag(1, false);
        var getters = getters(run, bound.given(2));
        return Items.list(
                sorted(
                        run,
                        Sequences.values(run, subject),
                        value -> keys(getters, value, isExact),
                        bound.flag(0, false)));
    }

    /// Several keys compare like a list: the first pair that is not equal decides.
    private static Value keys(List<AttributeGetter> getters, Value value, boolean isExact) {
        return Items.list(getters.stream().map(g -> g.comparable(value, isExact)).toList());
    }

    /// One getter for each of the attributes, which commas separate.
    private static List<AttributeGetter> getters(Run run, Optional<Value> attributes) {
        if (attributes.isPresent() && attributes.get() instanceof Text names) {
            return Arrays.stream(names.string().split(",", -1))
                    .map(name -> AttributeGetter.of(run, Optional.of(Text.own(name))))
                    .toList();
        }
        return List.of(AttributeGetter.of(run, attributes));
    }

    /// @param key what a value is sorted by
    private static List<Value> sorted(
            Run run, List<Value> values, UnaryOperator<Value> key, boolean isReversed) {
        record Keyed(Value key, Value value) {}
        var keyed = new ArrayList<>(values.stream().map(v -> new Keyed(key.apply(v), v)).toList());
        Comparator<Keyed> order = (a, b) -> Comparison.order(run, "<", a.key(), b.key()).orElse(0);
        try {
            keyed.sort(isReversed ? order.reversed() : order);
        } catch (IllegalArgumentException e) {
            throw new Fault("values that compare with nothing (nan) cannot be sorted");
        }
        return keyed.stream().map(Keyed::value).toList();
    }

    private static Value sortDict(Run run, Value subject, Arguments arguments) {
        var bound = arguments.bind("dictsort", "case_sensitive", "by", "reverse");
        if (!(subject instanceof Dict dict)) {
            throw Fault.wrongType("'dictsort' needs a mapping", subject);
        }
        var by = bound.text(1, "key").string();
        if (!by.equals("key") && !by.equals("value")) {
            throw new Fault("'dictsort' sorts by 'key' or 'value', got '" + by + "'");
        }
        run.charge(dict.size());
        var part = AttributeGetter.of(run, Optional.of(Value.Int.of(by.equals("key") ? 0 : 1)));
        boolean isExact = bound.flag(0, false);
        return Items.list(
                sorted(
                        run,
                        dict.pairs(),
                        pair -> part.comparable(pair, isExact),
                        bound.flag(2, false)));
    }

    private static Value unique(Run run, Value subject, Arguments arguments) {
        var bound = arguments.bind("unique", "case_sensitive", "attribute");
        var getter = AttributeGetter.of(run, bound.given(1));
        Set<Object> seen = new HashSet<>();
        List<Value> kept = new ArrayList<>();
        for (var value : Sequences.values(run, subject)) {
            var key = getter.comparable(value, bound.flag(0, false));
            run.chargeWalk(key);
            if (seen.add(Dict.identity(key))) {
                kept.add(value);
            }
        }
        return new OneShot(kept);
    }

    private static Value extreme(Run run, Value subject, Arguments arguments, boolean isMost) {
        var bound = arguments.bind(isMost ? "max" : "min", "case_sensitive", "attribute");
        var getter = AttributeGetter.of(run, bound.given(1));
        boolean isExact = bound.flag(0, false);
        var values = Sequences.values(run, subject);
        if (values.isEmpty()) {
            return new Value.Undefined("there is no item: the sequence is empty");
        }
        var best = values.getFirst();
        for (var value : values.subList(1, values.size())) {
            int order =
                    Comparison.order(
                                    run,
                                    isMost ? ">" : "<",
                                    getter.comparable(value, isExact),
                                    getter.comparable(best, isExact))
                            .orElse(0);
            if (isMost ? order > 0 : order < 0) {
                best = value;
            }
        }
        return best;
    }

    private static Value sum(Run run, Value subject, Arguments arguments) {
        var bound = arguments.bind("sum", "attribute", "start");
        var getter = AttributeGetter.of(run, bound.given(0));
        var total = bound.at(1).orElseGet(() -> Value.Int.of(0));
        for (var value : Sequences.values(run, subject)) {
            if (value instanceof Text) {
                throw new Fault("'sum' does not add texts; use 'join'");
            }
            total = Operators.binary(run, "+", total, getter.get(value));
        }
        return total;
    }

    private static Value batch(Run run, Value subject, Arguments arguments) {
        var bound = arguments.bind("batch", "linecount", "fill_with");
        int size = bound.number(0, 0);
        var values = Sequences.values(run, subject);
        if (size < 1) {
            throw new Fault("'batch' needs a size of at least 1");
        }
        List<Value> batches = new ArrayList<>();
        for (int begin = 0; begin < values.size(); begin += Math.min(size, values.size())) {
            List<Value> one =
                    new ArrayList<>(
                            values.subList(
                                    begin, (int) Math.min((long) begin + size, values.size())));
            if (bound.given(1).isPresent()) {
                run.charge(size - one.size());
                one.addAll(Collections.nCopies(size - one.size(), bound.required(1)));
            }
            batches.add(Items.list(one));
        }
        return new OneShot(batches);
    }

    private static Value slice(Run run, Value subject, Arguments arguments) {
        var bound = arguments.bind("slice", "slices", "fill_with");
        int count = bound.number(0, 0);
        var values = Sequences.values(run, subject);
        if (count < 1) {
            throw new Fault("'slice' needs at least 1 slice");
        }
        run.charge(count);
        int size = values.size() / count;
        int larger = values.size() % count;
        List<Value> slices = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < count; i++) {
            int end = begin + size + (i < larger ? 1 : 0);
            List<Value> one = new ArrayList<>(values.subList(begin, end));
            if (i >= larger) {
                bound.given(1).ifPresent(one::add);
            }
            slices.add(Items.list(one));
            begin = end;
        }
        return new OneShot(slices);
    }

    private static Value groupBy(Run run, Value subject, Arguments arguments) {
        var bound = arguments.bind("groupby", "attribute", "default", "case_sensitive");
        boolean isExact = bound.flag(2, false);
        var getter = AttributeGetter.of(run, Optional.of(bound.required(0)), bound.given(1));
        var inOrder =
                sorted(
                        run,
                        Sequences.values(run, subject),
                        value -> getter.comparable(value, isExact),
                        false);
        List<Value> groups = new ArrayList<>();
        int begin = 0;
        for (int end = 1; end <= inOrder.size(); end++) {
            var first = getter.comparable(inOrder.get(begin), isExact);
            boolean isEnd =
                    end == inOrder.size()
                            || !Comparison.equal(
                                    run, first, getter.comparable(inOrder.get(end), isExact));
            if (isEnd) {
                var members = Items.list(inOrder.subList(begin, end));
                var name = getter.get(inOrder.get(begin));
                groups.add(new Items(Items.Kind.GROUP, List.of(name, members)));
                begin = end;
            }
        }
        return Items.list(groups);
    }
}
