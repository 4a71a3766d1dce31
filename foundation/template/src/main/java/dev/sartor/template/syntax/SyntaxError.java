package dev.sartor.template.syntax;

/// A template that cannot be read.
public final class SyntaxError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    SyntaxError(int line, String message) {
        super(message, null, false, false);
        this.line = line;
    }

    public int line() {
        return line;
    }
}
