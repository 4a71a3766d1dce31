package dev.sartor.template.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// What can be looped over, counted, indexed and sliced.
public final class Sequences {
    private Sequences() {}

    public static Iterator<Value> iterator(Run run, Value value) {
        return switch (value) {
            case Items items -> items.values().iterator();
            case Dict dict -> dict.keys().iterator();
            case OneShot oneShot -> oneShot.rest();
            case Text text -> {
                run.charge(text.length());
                yield text.characters().iterator();
            }
            case Value.Undefined _ -> Collections.emptyIterator();
            case Value.Int _,
                    Value.Real _,
                    Value.Bool _,
                    Value.None _,
                    Namespace _,
                    Loop _,
                    Function _ ->
                    throw new Fault("'" + value.typeName() + "' cannot be looped over");
        };
    }

    public static boolean isIterable(Value value) {
        return switch (value) {
            case Items _, Dict _, OneShot _, Text _, Value.Undefined _, Loop _ -> true;
            case Value.Int _, Value.Real _, Value.Bool _, Value.None _, Namespace _, Function _ ->
                    false;
        };
    }

    public static List<Value> values(Run run, Value value) {
        List<Value> all = new ArrayList<>();
        iterator(run, value).forEachRemaining(all::add);
        run.charge(all.size());
        return all;
    }

    /// Python's `len`, where there is one.
    public static Optional<Integer> length(Value value) {
        return switch (value) {
            case Text text -> Optional.of(text.codePoints());
            case Items items -> Optional.of(items.size());
            case Dict dict -> Optional.of(dict.size());
            case Value.Undefined _ -> Optional.of(0);
            case Value.Int _,
                    Value.Real _,
                    Value.Bool _,
                    Value.None _,
                    Namespace _,
                    Loop _,
                    OneShot _,
                    Function _ ->
                    Optional.empty();
        };
    }

    /// An item by position, counted from the end where negative.
    public static Optional<Value> at(Value sequence, int index) {
        var length = length(sequence);
        if (length.isEmpty()) {
            return Optional.empty();
        }
        int position = index < 0 ? index + length.get() : index;
        if (position < 0 || position >= length.get()) {
            return Optional.empty();
        }
        return switch (sequence) {
            case Items items when items.kind().isSequence() ->
                    Optional.of(items.values().get(position));
            case Text text ->
                    Optional.of(text.slice(text.position(position), text.position(position + 1)));
            default -> Optional.empty();
        };
    }

    /// `sequence[start:stop:step]`.
    public static Value slice(
            Run run,
            Value sequence,
            Optional<Integer> start,
            Optional<Integer> stop,
            Optional<Integer> step) {
        int stride = step.orElse(1);
        if (stride == 0) {
            throw new Fault("a slice's step may not be 0");
        }
        int length = length(sequence).orElse(0);
        int lowest = stride > 0 ? 0 : -1;
        int highest = stride > 0 ? length : length - 1;
        int from =
                start.map(i -> bound(i, length, lowest, highest)).orElse(stride > 0 ? 0 : highest);
        int to = stop.map(i -> bound(i, length, lowest, highest)).orElse(stride > 0 ? length : -1);
        return switch (sequence) {
            case Text text -> slice(run, text, from, to, stride);
            case Items items when items.kind().isSequence() -> {
                List<Value> taken = new ArrayList<>();
                for (long i = from; stride > 0 ? i < to : i > to; i += stride) {
                    taken.add(items.values().get((int) i));
                }
                run.charge(taken.size());
                yield new Items(items.kind(), taken);
            }
            case Value.Undefined undefined -> throw new Fault(undefined.message());
            default -> throw new Fault("'" + sequence.typeName() + "' cannot be sliced");
        };
    }

    private static int bound(int index, int length, int lowest, int highest) {
        long position = index < 0 ? (long) index + length : index;
        return Math.clamp(position, lowest, Math.max(lowest, highest));
    }

    private static Text slice(Run run, Text text, int from, int to, int stride) {
        if (stride == 1) {
            var part = from < to ? text.slice(text.position(from), text.position(to)) : Text.EMPTY;
            run.chargeText(part.length());
            return part;
        }
        var result = run.builder();
        for (long i = from; stride > 0 ? i < to : i > to; i += stride) {
            run.charge(1);
            result.append(text.slice(text.position((int) i), text.position((int) i + 1)));
        }
        return run.finished(result);
    }
}
