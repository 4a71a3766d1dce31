package dev.sartor.postgres;

import dev.sartor.core.SartorException;
import java.sql.SQLException;

/// What a person is told of a database's error.
///
/// @param address of the index
record Failures(PostgresAddress address) {
    /// Whether a table is gone, as its generation has been replaced.
    static boolean isGone(SQLException e) {
        return "42P01".equals(e.getSQLState());
    }

    SartorException of(SQLException e) {
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        var said = firstLine(e);
        if (state.startsWith("53100")) {
            return SartorException.missing(
                    "the disk of the database of "
                            + address
                            + " is full ("
                            + said
                            + "). Free some space there; what was committed is kept, and the same command"
                            + " goes on from there.",
                    e);
        }
        if (state.startsWith("28")) {
            return SartorException.user(
                    address
                            + " does not let "
                            + address.user()
                            + " in ("
                            + said
                            + "): put the password into PGPASSWORD or ~/.pgpass, or name another user in the"
                            + " address.",
                    e);
        }
        if (state.equals("3D000")) {
            return SartorException.user(
                    "there is no database "
                            + address.database()
                            + " at "
                            + address.host()
                            + ":"
                            + address.port()
                            + ": make it with `createdb "
                            + address.database()
                            + "`, or name another one.",
                    e);
        }
        if (state.equals("42501")) {
            return SartorException.user(
                    address.user()
                            + " may not do this in "
                            + address
                            + " ("
                            + said
                            + "): docs/guide-databases.md says which rights an index's keeper and its"
                            + " readers need.",
                    e);
        }
        if (state.startsWith("08") || state.startsWith("57P") || state.isEmpty()) {
            return SartorException.missing(
                    "the database of "
                            + address
                            + " cannot be reached, or went away ("
                            + said
                            + "). What was committed is kept: run the same command again when it is back.",
                    e);
        }
        return SartorException.missing(
                "the database of " + address + " refused (" + state + ": " + said + ").", e);
    }

    private static String firstLine(SQLException e) {
        var message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }
}
