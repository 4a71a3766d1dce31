package dev.sartor.template.value;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Names and their values inside of one body; what is not here is looked for further out. Assignments stay inside.
public final class Scope {
    private final Map<String, Value> values = new HashMap<>();
    private final Optional<Scope> outer;

    private Scope(Optional<Scope> outer) {
        this.outer = outer;
    }

    public static Scope outermost(Map<String, Value> values) {
        var scope = new Scope(Optional.empty());
        scope.values.putAll(values);
        return scope;
    }

    public Scope inner() {
        return new Scope(Optional.of(this));
    }

    public void put(String name, Value value) {
        values.put(name, value);
    }

    public Optional<Value> find(String name) {
        for (var scope = Optional.of(this); scope.isPresent(); scope = scope.get().outer) {
            var value = scope.get().values.get(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
