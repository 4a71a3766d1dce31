package dev.sartor.template.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A mapping in the order of insertion. As in Python 1, 1.0 and true are one key.
public final class Dict implements Value {
    /// @param key as it was first put in, with its knowledge of what is data
    public record Entry(Value key, Value value) {}

    private final Map<Object, Entry> entries;
    private final Nesting nesting;

    public Dict(Collection<Entry> pairs) {
        entries = new LinkedHashMap<>();
        for (var pair : pairs) {
            entries.merge(
                    identity(pair.key()),
                    pair,
                    (old, fresh) -> new Entry(old.key(), fresh.value()));
        }
        nesting = Nesting.around(keys()).and(Nesting.around(values()));
    }

    public Optional<Value> get(Value key) {
        return Optional.ofNullable(entries.get(identity(key))).map(Entry::value);
    }

    boolean has(Value key) {
        return entries.containsKey(identity(key));
    }

    public Collection<Entry> entries() {
        return entries.values();
    }

    public List<Value> keys() {
        return entries.values().stream().map(Entry::key).toList();
    }

    public List<Value> values() {
        return entries.values().stream().map(Entry::value).toList();
    }

    public List<Value> pairs() {
        List<Value> pairs = new ArrayList<>(entries.size());
        entries.values().forEach(entry -> pairs.add(Items.tuple(entry.key(), entry.value())));
        return pairs;
    }

    public int size() {
        return entries.size();
    }

    /// What Python's `hash` and `==` go by: two keys are one where these are equal.
    public static Object identity(Value key) {
        return switch (key) {
            case Text text -> text.string();
            case Value.Int number -> number.value();
            case Value.Bool bool -> bool.asInt().value();
            case Value.Real real -> identity(real.value());
            case Items items when items.kind().isHashable() ->
                    items.values().stream().map(Dict::identity).toList();
            case Items items -> throw unhashable(items);
            case Dict dict -> throw unhashable(dict);
            case Value.None none -> none;
            case OneShot other -> other;
            case Namespace other -> other;
            case Loop other -> other;
            case Function other -> other;
            case Value.Undefined other -> Value.Undefined.class;
        };
    }

    private static Object identity(double number) {
        boolean isWhole = number == Math.rint(number) && !Double.isInfinite(number);
        return isWhole ? wholeNumber(number) : (Object) number;
    }

    public static BigInteger wholeNumber(double number) {
        return new BigDecimal(number).toBigInteger();
    }

    private static Fault unhashable(Value value) {
        return Fault.wrongType("a mapping's key must be a text, number or tuple", value);
    }

    @Override
    public Nesting nesting() {
        return nesting;
    }

    @Override
    public String typeName() {
        return "dict";
    }

    @Override
    public boolean isTrue() {
        return !entries.isEmpty();
    }
}
