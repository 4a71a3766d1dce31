package dev.sartor.template.value;

import java.util.Collection;
import java.util.List;

/// Values in a row: Python's lists, tuples, ranges and the views of a mapping.
public final class Items implements Value {
    /// Which of them. A group is the pair that `groupby` gives: a tuple whose parts have names.
    public enum Kind {
        LIST("list"),
        TUPLE("tuple"),
        GROUP("tuple"),
        RANGE("range"),
        KEYS("dict_keys"),
        VALUES("dict_values"),
        PAIRS("dict_items");

        private final String typeName;

        Kind(String typeName) {
            this.typeName = typeName;
        }

        /// Whether it can be indexed.
        public boolean isSequence() {
            return this == LIST || this == RANGE || isTuple();
        }

        public boolean isTuple() {
            return this == TUPLE || this == GROUP;
        }

        /// Whether it can be a mapping's key.
        public boolean isHashable() {
            return this == RANGE || isTuple();
        }

        /// Kinds that compare with each other.
        public boolean isAlike(Kind other) {
            return this == other || (isTuple() && other.isTuple());
        }
    }

    private final Kind kind;
    private final List<Value> values;
    private final Nesting nesting;

    public Items(Kind kind, Collection<? extends Value> values) {
        this.kind = kind;
        this.values = List.copyOf(values);
        this.nesting = Nesting.around(values);
    }

    public static Items list(Collection<? extends Value> values) {
        return new Items(Kind.LIST, values);
    }

    public static Items tuple(Value... values) {
        return new Items(Kind.TUPLE, List.of(values));
    }

    public Kind kind() {
        return kind;
    }

    public List<Value> values() {
        return values;
    }

    public int size() {
        return values.size();
    }

    @Override
    public Nesting nesting() {
        return nesting;
    }

    @Override
    public String typeName() {
        return kind.typeName;
    }

    @Override
    public boolean isTrue() {
        return !values.isEmpty();
    }
}
