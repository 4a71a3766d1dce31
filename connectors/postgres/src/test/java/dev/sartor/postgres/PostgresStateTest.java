package dev.sartor.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.serve.Scope;
import dev.sartor.state.IssuedKeysContract;
import dev.sartor.state.KeyGrant;
import dev.sartor.state.State;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The contract, kept in a database that several servers share.
class PostgresStateTest extends IssuedKeysContract {
    private static final String SCHEMA = "state_contract";
    private static final KeyGrant BEN =
            new KeyGrant(
                    Optional.of("ben"),
                    List.of(),
                    Optional.empty(),
                    Scope.usual(),
                    Optional.empty());

    private boolean isFresh;

    @Override
    protected String address() {
        if (!isFresh) {
            PostgresServer.usual().sql("documents", "drop schema if exists " + SCHEMA + " cascade");
            isFresh = true;
        }
        return "jdbc:" + PostgresServer.usual().address("keeper", SCHEMA);
    }

    @Test
    void whileTheDatabaseIsAwayNobodyIsLetInAndThenAsBefore() throws IOException {
        var state = State.open(address());
        var made = state.keys().create(BEN);
        try (var kept = state.follow(List.of())) {
            assertThat(kept.now().find(made.secret())).isPresent();
            PostgresServer.usual().kill();
            try {
                assertThat(kept.now().areAll()).isFalse();
                assertThat(kept.now().keys()).isEmpty();
                assertThatThrownBy(() -> state.keys().list())
                        .hasMessageContaining("cannot be reached, or went away");
            } finally {
                PostgresServer.usual().restart();
            }
            assertThat(kept.now().find(made.secret())).isPresent();
            PostgresServer.usual().kill();
            PostgresServer.usual().restart();
            assertThat(kept.now().find(made.secret())).as("after a cut").isPresent();
        }
    }

    @Test
    void stateAndAnIndexDoNotMeet() {
        var own = PostgresServer.usual().address("keeper", SCHEMA).replaceFirst("\\?.*", "");
        assertThat(new PostgresStateConnector().at(own).schema()).contains("sartor_state");
        assertThat(PostgresAddress.parsed(own).schema()).isEqualTo("sartor");
    }
}
