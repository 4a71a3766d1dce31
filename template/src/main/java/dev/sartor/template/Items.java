package dev.sartor.template;

import java.util.Collection;
import java.util.List;

/// Values in a row: Python's lists, tuples, ranges and the views of a mapping.
final class Items implements Value {
    /// Which of them. A group is the pair that `groupby` gives: a tuple whose parts have names.
    enum Kind {
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
        boolean isSequence() {
            return this == LIST || this == RANGE || isTuple();
        }

        boolean isTuple() {
            return this == TUPLE || this == GROUP;
        }

        /// Whether it can be a mapping's key.
        boolean isHashable() {
            return this == RANGE || isTuple();
        }

        /// Kinds that compare with each other.
        boolean isAlike(Kind other) {
            return this == other || (isTuple() && other.isTuple());
        }
    }

    private final Kind kind;
    private final List<Value> values;
    private final Nesting nesting;

    Items(Kind kind, Collection<? extends Value> values) {
        this.kind = kind;
        this.values = List.copyOf(values);
        this.nesting = Nesting.around(values);
    }

    static Items list(Collection<? extends Value> values) {
        return new Items(Kind.LIST, values);
    }

    static Items tuple(Value... values) {
        return new Items(Kind.TUPLE, List.of(values));
    }

    Kind kind() {
        return kind;
    }

    List<Value> values() {
        return values;
    }

    int size() {
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
