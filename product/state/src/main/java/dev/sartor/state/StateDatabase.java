package dev.sartor.state;

import dev.sartor.core.SartorException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import javax.sql.DataSource;

/// A database that holds the state of a server, or of several.
///
/// @param name as messages say it, without a password
/// @param source of connections, each of which sees the schema
/// @param schema that is the state's own; empty where the database has none
/// @param turn that whoever writes holds meanwhile. SQLite lets one write at a time, and its wait holds the carrier of a virtual
///     thread: with as many waiting as there are cores the one whose turn it is could not go on.
/// @param failures what a person is told of the database's error
public record StateDatabase(
        String name,
        DataSource source,
        Optional<String> schema,
        Lock turn,
        Function<SQLException, SartorException> failures) {}
