package dev.sartor.state;

import dev.sartor.core.SartorException;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Keys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.ServiceLoader;
import java.util.random.RandomGenerator;

/// What one server, or several that share a database, keep. Thread-safe.
public final class State {
    private static final String JDBC = "jdbc:";

    private final Database database;
    private final Clock clock;
    private final RandomGenerator random;

    private State(Database database, Clock clock, RandomGenerator random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
    }

    /// Opens the state at an address, and brings its tables up to this version; makes it where there is none.
    ///
    /// @param address a file of SQLite, or `postgresql://[USER@]HOST[:PORT]/DATABASE[?schema=NAME]`, with `jdbc:` before it or not
    /// @throws SartorException where it cannot be reached, is no state, or was brought up by a newer version
    public static State open(String address) {
        return open(address, Clock.systemUTC(), new SecureRandom());
    }

    /// @param random makes keys; as hard to guess as they shall be
    public static State open(String address, Clock clock, RandomGenerator random) {
        var plain = address.startsWith(JDBC) ? address.substring(JDBC.length()) : address;
        var database = new Database(at(plain));
        database.migrate();
        return new State(database, clock, random);
    }

    private static StateDatabase at(String address) {
        for (var connector : ServiceLoader.load(StateConnector.class)) {
            if (connector.knows(address)) {
                return connector.at(address);
            }
        }
        if (address.isBlank() || address.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
            throw SartorException.user(
                    "--state must be a file of SQLite or postgresql://HOST/DATABASE, got '"
                            + address.replaceFirst("//[^/@]*@", "//…@")
                            + "': such as --state state.db.");
        }
        return Sqlite.at(Path.of(address));
    }

    /// As messages say it.
    public String name() {
        return database.name();
    }

    public IssuedKeys keys() {
        return new IssuedKeys(database, clock, random);
    }

    /// The keys that hold, asked of the database before each request. Close it when no more are asked for.
    ///
    /// @param always keys that hold besides, whatever becomes of the database
    public Keys follow(List<ApiKey> always) {
        return new StateKeys(database, clock, always);
    }
}
