package dev.sartor.postgres;

import dev.sartor.core.SartorException;
import java.sql.SQLException;

/// What a person is told of a database's error.
///
/// @param address of the index
record Failures(PostgresAddress address) {
    /// A lock is held by another connection.
    static final String IN_USE = "55P03";

    /// Whether a table is gone, as its generation has been replaced.
    static boolean isGone(SQLException e) {
        return "42P01".equals(e.getSQLState());
    }

    /// The same for a question, which is asked again where its generation has been replaced.
    RuntimeException asked(SQLException e) {
        return isGone(e) ? new Gone(e) : of(e);
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
            return noDatabase(e);
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
        if (state.equals(IN_USE)) {
            return inUse(e);
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

    private SartorException noDatabase(SQLException e) {
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

    private SartorException inUse(SQLException e) {
        return SartorException.missing(
                "tables that are to go from "
                        + address
                        + " are read by another connection, a long question or a backup ("
                        + firstLine(e)
                        + "): run the same command again when it has ended; pg_stat_activity says who it is.",
                e);
    }

    private static String firstLine(SQLException e) {
        var message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }
}
