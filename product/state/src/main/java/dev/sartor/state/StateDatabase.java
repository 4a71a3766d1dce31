package dev.sartor.state;

import dev.sartor.core.SartorException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/// A database that holds the state of a server, or of several.
///
/// @param name as messages say it, without a password
/// @param source of connections, each of which sees the schema
/// @param schema that is the state's own; empty where the database has none
/// @param failures what a person is told of the database's error
public record StateDatabase(
        String name,
        DataSource source,
        Optional<String> schema,
        Function<SQLException, SartorException> failures) {}
