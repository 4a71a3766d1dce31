package dev.sartor.core;

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

    private final Kind kind;

    private SartorException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    private SartorException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public static SartorException user(String message) {
        return new SartorException(Kind.USER, message);
    }

    public static SartorException user(String message, Throwable cause) {
        return new SartorException(Kind.USER, message, cause);
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
}
