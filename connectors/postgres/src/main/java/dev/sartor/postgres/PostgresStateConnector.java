package dev.sartor.postgres;

import dev.sartor.state.StateConnector;
import dev.sartor.state.StateDatabase;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.postgresql.ds.PGSimpleDataSource;

/// Keeps servers' state at `postgresql://HOST/DATABASE`, in a schema of its own (`sartor_state` unless another is named).
public final class PostgresStateConnector implements StateConnector {
    private static final String USUAL_SCHEMA = "sartor_state";

    /// Seconds: requests wait for an answer of the database.
    private static final int LONGEST_ANSWER = 10;

    @Override
    public boolean knows(String address) {
        return PostgresAddress.isOne(address);
    }

    @Override
    public StateDatabase at(String address) {
        var at = PostgresAddress.parsed(withSchema(address));
        var source = new PGSimpleDataSource();
        source.setURL(at.url());
        try {
            for (var name : at.properties().stringPropertyNames()) {
                source.setProperty(name, at.properties().getProperty(name));
            }
        } catch (java.sql.SQLException e) {
            throw new Failures(at).of(e);
        }
        source.setCurrentSchema(at.schema());
        source.setSocketTimeout(LONGEST_ANSWER);
        return new StateDatabase(
                at.toString(),
                source,
                Optional.of(at.schema()),
                new ReentrantLock(),
                new Failures(at)::of);
    }

    private static String withSchema(String address) {
        if (address.contains("schema=")) {
            return address;
        }
        return address + (address.contains("?") ? "&" : "?") + "schema=" + USUAL_SCHEMA;
    }
}
