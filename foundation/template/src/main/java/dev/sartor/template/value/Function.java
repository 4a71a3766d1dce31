package dev.sartor.template.value;

import java.util.Optional;

/// Something that can be called: a macro, a global such as `range`, or a method bound to its value.
///
/// @param name for messages
/// @param members what its attributes are
public record Function(String name, Body body, Attributes members) implements Value {
    /// What a call does.
    @FunctionalInterface
    public interface Body {
        Value call(Run run, Arguments arguments);
    }

    /// What stands behind `function.name`.
    @FunctionalInterface
    public interface Attributes {
        Optional<Value> get(String name);
    }

    public Function(String name, Body body) {
        this(name, body, _ -> Optional.empty());
    }

    @Override
    public String typeName() {
        return "function";
    }

    @Override
    public boolean isTrue() {
        return true;
    }
}
