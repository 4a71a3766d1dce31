package dev.sartor.template.value;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The one thing that a template may change: named values that outlive loops and macros.
public final class Namespace implements Value {
    private final Map<String, Value> values = new LinkedHashMap<>();

    public void put(String name, Value value) {
        if (name.startsWith("_")) {
            throw new Fault("a namespace's attribute may not begin with '_', got '" + name + "'");
        }
        values.put(name, value);
    }

    public Optional<Value> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    Dict asDict() {
        return new Dict(
                values.entrySet().stream()
                        .map(e -> new Dict.Entry(Text.own(e.getKey()), e.getValue()))
                        .toList());
    }

    @Override
    public String typeName() {
        return "Namespace";
    }

    @Override
    public boolean isTrue() {
        return true;
    }
}
