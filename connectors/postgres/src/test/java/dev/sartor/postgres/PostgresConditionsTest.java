package dev.sartor.postgres;

import dev.sartor.retrieve.ConditionsContract;
import dev.sartor.retrieve.index.IndexStorage;
import org.junit.jupiter.api.BeforeEach;

/// The contract, kept in a database.
class PostgresConditionsTest extends ConditionsContract {
    private static final String SCHEMA = "conditions";

    @BeforeEach
    void noIndex() {
        PostgresServer.usual().sql("documents", "drop schema if exists " + SCHEMA + " cascade");
    }

    @Override
    protected IndexStorage index() {
        return IndexStorage.at(PostgresServer.usual().address("keeper", SCHEMA));
    }
}
