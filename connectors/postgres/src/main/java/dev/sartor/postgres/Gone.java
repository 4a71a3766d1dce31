package dev.sartor.postgres;

import java.sql.SQLException;

/// A generation was replaced while a question was on its way: it is asked again, of the one that took its place.
final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException cause;

    Gone(SQLException cause) {
        super(cause);
        this.cause = cause;
    }

    SQLException cause() {
        return cause;
    }
}
