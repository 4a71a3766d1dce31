package dev.sartor.state;

import dev.sartor.core.SartorException;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Keys;
import dev.sartor.serve.quota.Quotas;
import dev.sartor.state.promotion.FollowedPromotions;
import dev.sartor.state.promotion.Promotions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.function.Consumer;
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

    /// @param random makes keys; thread-safe, and as hard to guess as they shall be
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

    /// All that is kept, as of one moment; digests of keys are in it, and no key.
    ///
    /// @param line takes each line of the backup without its end
    /// @return how many rows there are
    public long backup(Consumer<String> line) {
        return database.snapshot(handle -> Backup.write(handle, line));
    }

    /// Puts a backup of this or of another kind of database into a state that holds nothing.
    ///
    /// @return how many rows there were
    /// @throws SartorException a user's error where the state holds something, or the lines are no whole backup: then it holds
    ///     what it did
    public long restore(List<String> lines) {
        return database.transaction(handle -> Backup.read(handle, lines));
    }

    public IssuedKeys keys() {
        return new IssuedKeys(database, clock, random);
    }

    public IssuedLimits limits() {
        return new IssuedLimits(database, clock);
    }

    public Promotions promotions() {
        return new Promotions(database, clock);
    }

    /// Which versions of prompts are promoted, asked of the database at each request. Close it when no more are asked for.
    public FollowedPromotions followPromotions() {
        return new FollowedPromotions(database);
    }

    /// Counts what callers use, within their limits. Close it when no more requests are answered.
    public Quotas quotas() {
        return new Ledger(database, clock, UUID.randomUUID().toString());
    }

    /// What is known of the files in a folder.
    ///
    /// @param place the folder's own name, by which servers with other folders on the same database are told apart
    public StoredFiles files(String place) {
        return new StoredFiles(database, place);
    }

    /// The jobs over the files in a folder.
    public StoredJobs jobs(String place) {
        return new StoredJobs(database, clock, place);
    }

    /// The keys that hold, asked of the database before each request. Close it when no more are asked for.
    ///
    /// @param always keys that hold besides, whatever becomes of the database
    public Keys follow(List<ApiKey> always) {
        return new StateKeys(database, clock, always);
    }
}
