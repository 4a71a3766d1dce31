package dev.sartor.postgres;

import dev.sartor.state.PromotionsContract;

/// The contract of promotions, kept in a database that several servers share.
class PostgresPromotionsTest extends PromotionsContract {
    private static final String SCHEMA = "promotions_contract";

    private boolean isFresh;

    @Override
    protected String address() {
        if (!isFresh) {
            PostgresServer.usual().sql("documents", "drop schema if exists " + SCHEMA + " cascade");
            isFresh = true;
        }
        return "jdbc:" + PostgresServer.usual().address("keeper", SCHEMA);
    }

    @Override
    protected void sql(String statement) {
        PostgresServer.usual()
                .sql(
                        "documents",
                        statement.replace("prompt_versions", SCHEMA + ".prompt_versions"));
    }
}
