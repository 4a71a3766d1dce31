package dev.sartor.template.value;

import java.util.Iterator;
import java.util.List;

/// What filters such as `map` and `select` give: values that can be taken once, in order.
public final class OneShot implements Value {
    private final Iterator<Value> rest;
    private final Nesting nesting;

    public OneShot(List<Value> values) {
        this.rest = values.iterator();
        this.nesting = Nesting.around(values);
    }

    /// The one iterator over whatever nobody has taken.
    Iterator<Value> rest() {
        return rest;
    }

    @Override
    public Nesting nesting() {
        return nesting;
    }

    @Override
    public String typeName() {
        return "generator";
    }

    @Override
    public boolean isTrue() {
        return true;
    }
}
