package dev.sartor.postgres;

import dev.sartor.state.QuotasContract;

/// The contract, kept in a database that several servers share.
class PostgresQuotasTest extends QuotasContract {
    private static final String SCHEMA = "quotas_contract";

    private boolean isFresh;

    @Override
    protected String address() {
        if (!isFresh) {
            PostgresServer.usual().sql("documents", "drop schema if exists " + SCHEMA + " cascade");
            isFresh = true;
        }
        return PostgresServer.usual().address("keeper", SCHEMA);
    }
}
