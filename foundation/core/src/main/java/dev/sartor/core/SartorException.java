package dev.sartor.core;

import java.util.Optional;

/// A failure with a kind, and a message that a user can act on. The command line maps the kind to an exit code, the
/// server to an HTTP status; nothing else decides by it.
public final class SartorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Whose failure it is. {@link #exitCode()} is the process's exit code.
    public enum Kind {
        /// The user's mistake: a setting, a file, a row of data.
        USER(2),
        /// Something that should be there is not: network, disk space, memory, a program.
        MISSING(3),
        /// The user asked to stop; what was done so far is kept.
        STOPPED(130),
        /// A defect in Sartor.
        DEFECT(70);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private static final String TOO_LONG = "context_length_exceeded";
    private static final String UNHELD_FORM = "invalid_form";

    private final Kind kind;
    private final String code;

    private SartorException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = "";
    }

    private SartorException(Kind kind, String message) {
        this(kind, message, "");
    }

    private SartorException(Kind kind, String message, String code) {
        super(message);
        this.kind = kind;
        this.code = code;
    }

    public static SartorException user(String message) {
        return new SartorException(Kind.USER, message);
    }

    public static SartorException user(String message, Throwable cause) {
        return new SartorException(Kind.USER, message, cause);
    }

    /// The user's text does not fit the model's context.
    public static SartorException tooLong(String message) {
        return new SartorException(Kind.USER, message, TOO_LONG);
    }

    /// The user's schema, expression or list is wrong or too large for an answer to be held to it.
    public static SartorException unheldForm(String message) {
        return new SartorException(Kind.USER, message, UNHELD_FORM);
    }

    public static SartorException missing(String message) {
        return new SartorException(Kind.MISSING, message);
    }

    public static SartorException missing(String message, Throwable cause) {
        return new SartorException(Kind.MISSING, message, cause);
    }

    public static SartorException stopped(String message) {
        return new SartorException(Kind.STOPPED, message);
    }

    public static SartorException defect(String message) {
        return new SartorException(Kind.DEFECT, message);
    }

    public static SartorException defect(String message, Throwable cause) {
        return new SartorException(Kind.DEFECT, message, cause);
    }

    public Kind kind() {
        return kind;
    }

    /// Whether it came from {@link #tooLong}.
    public boolean isTooLong() {
        return code.equals(TOO_LONG);
    }

    /// Whether it came from {@link #unheldForm}.
    public boolean isUnheldForm() {
        return code.equals(UNHELD_FORM);
    }

    /// The name by which an HTTP client knows this failure, such as `context_length_exceeded`; empty for most.
    public Optional<String> code() {
        return code.isEmpty() ? Optional.empty() : Optional.of(code);
    }
}
