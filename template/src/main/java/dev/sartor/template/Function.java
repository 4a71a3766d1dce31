package dev.sartor.template;

/// Something that can be called: a macro, a global such as `range`, or a method bound to its value.
///
/// @param name for messages
record Function(String name, Body body) implements Value {
    /// What a call does.
    @FunctionalInterface
    interface Body {
        Value call(Run run, Arguments arguments);
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
