package dev.sartor.postgres;

import dev.sartor.retrieve.index.IndexConnector;
import dev.sartor.retrieve.index.IndexStorage;

/// Keeps indexes at `postgresql://HOST/DATABASE`.
public final class PostgresConnector implements IndexConnector {
    @Override
    public boolean knows(String address) {
        return PostgresAddress.isOne(address);
    }

    @Override
    public IndexStorage at(String address) {
        return new PostgresStorage(PostgresAddress.parsed(address));
    }
}
