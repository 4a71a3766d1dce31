package dev.sartor.postgres;

import dev.sartor.state.StoredWorkContract;

/// The contract of files and jobs, kept in a database that several servers share.
class PostgresWorkTest extends StoredWorkContract {
    private static final String SCHEMA = "work_contract";

    private boolean isFresh;

    @Override
    protected String address() {
        if (!isFresh) {
            PostgresServer.usual().sql("documents", "drop schema if exists " + SCHEMA + " cascade");
            isFresh = true;
        }
        return "jdbc:" + PostgresServer.usual().address("keeper", SCHEMA);
    }
}
