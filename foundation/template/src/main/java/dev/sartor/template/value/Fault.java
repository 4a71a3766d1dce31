package dev.sartor.template.value;

/// What went wrong while a template was read or rendered, before its line is known. {@link Template} turns it into a
/// user's error.
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Fault(String message) {
        super(message, null, false, false);
    }

    public static Fault wrongType(String what, Value got) {
        return new Fault(what + ", got " + got.typeName());
    }
}
