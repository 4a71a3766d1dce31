package dev.sartor.template.value;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The variable `loop` inside a loop. Looks ahead only when asked, as a loop's filter may depend on what its body did.
public final class Loop implements Value {
    private Iterator<Value> rest;
    private Optional<Integer> length;
    private final int depth;
    private final Optional<Function> recursion;
    private int index = -1;
    private Optional<Value> ahead = Optional.empty();
    private Optional<Value> current = Optional.empty();
    private Optional<Value> before = Optional.empty();
    private Optional<Items> lastChecked = Optional.empty();

    /// @param length where it is known without looking
    /// @param depth 0 outside of recursion
    /// @param recursion what a call of `loop` does, where the loop is marked `recursive`
    public Loop(
            Iterator<Value> values,
            Optional<Integer> length,
            int depth,
            Optional<Function> recursion) {
        this.rest = values;
        this.length = length;
        this.depth = depth;
        this.recursion = recursion;
    }

    public boolean hasNext() {
        return ahead.isPresent() || rest.hasNext();
    }

    public Value next() {
        var value = ahead.isPresent() ? ahead.get() : rest.next();
        ahead = Optional.empty();
        index++;
        before = current;
        current = Optional.of(value);
        return value;
    }

    public Value attribute(Run run, String name) {
        return switch (name) {
            case "index" -> Value.Int.of(index + 1L);
            case "index0" -> Value.Int.of(index);
            case "first" -> Value.Bool.of(index == 0);
            case "last" -> Value.Bool.of(peek().isEmpty());
            case "length" -> Value.Int.of(length());
            case "revindex" -> Value.Int.of((long) length() - index);
            case "revindex0" -> Value.Int.of((long) length() - index - 1);
            case "depth" -> Value.Int.of(depth + 1L);
            case "depth0" -> Value.Int.of(depth);
            case "previtem" ->
                    before.orElseGet(() -> new Value.Undefined("there is no previous item"));
            case "nextitem" -> peek().orElseGet(() -> new Value.Undefined("there is no next item"));
            case "cycle" -> new Function("cycle", (_, arguments) -> cycle(arguments));
            case "changed" -> new Function("changed", (_, arguments) -> changed(run, arguments));
            default -> new Value.Undefined("'loop' has no attribute '" + name + "'");
        };
    }

    /// Such as `1/3`.
    String position() {
        return index + 1 + "/" + length();
    }

    Function recursion() {
        return recursion.orElseThrow(
                () -> new Fault("only a loop marked 'recursive' can be called"));
    }

    private Optional<Value> peek() {
        if (ahead.isEmpty() && rest.hasNext()) {
            ahead = Optional.of(rest.next());
        }
        return ahead;
    }

    private int length() {
        if (length.isEmpty()) {
            List<Value> remaining = new ArrayList<>();
            rest.forEachRemaining(remaining::add);
            rest = remaining.iterator();
            length = Optional.of(remaining.size() + index + 1 + (ahead.isPresent() ? 1 : 0));
        }
        return length.get();
    }

    private Value cycle(Arguments arguments) {
        var choices = arguments.positional();
        if (choices.isEmpty()) {
            throw new Fault("loop.cycle needs at least one value");
        }
        return choices.get(Math.max(index, 0) % choices.size());
    }

    private Value changed(Run run, Arguments arguments) {
        var now = Items.list(arguments.positional());
        boolean isChanged = lastChecked.isEmpty() || !Comparison.equal(run, lastChecked.get(), now);
        lastChecked = Optional.of(now);
        return Value.Bool.of(isChanged);
    }

    @Override
    public String typeName() {
        return "LoopContext";
    }

    @Override
    public boolean isTrue() {
        return true;
    }
}
