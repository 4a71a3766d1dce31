package dev.sartor.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.serve.server.Client;
import dev.sartor.serve.server.Server;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScopeTest {
    private static final String KEY = "a-key-of-ours";

    private static ApiKey key(Scope... scopes) {
        return ApiKey.of(KEY, Principal.local()).withScopes(Set.of(scopes));
    }

    private static Server server(ApiKey key) {
        return Server.start(
                new ServerSettings("127.0.0.1", 0, List.of(key), Limits.usual()),
                Served.withSecrets());
    }

    private static String open() {
        return Served.ONE_MESSAGE.replace("\"m\"", "\"open\"");
    }

    @Test
    void aKeyIsForItsScopesAlone() {
        var embedding = "{\"model\": \"e\", \"input\": \"a\"}";
        try (var server = server(key(Scope.METRICS));
                var client = new Client(server.url(), Optional.of(KEY))) {
            var refused = client.chat(open());
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("missing_scope");
            assertThat(refused.message()).contains("not for 'infer'; it is for metrics.");
            assertThat(client.post("/v1/embeddings", embedding).code()).isEqualTo("missing_scope");
            assertThat(client.get("/metrics").status()).isEqualTo(200);
            assertThat(client.get("/v1/models").status()).isEqualTo(200);
        }
        try (var server = server(key(Scope.INFER, Scope.TUNE));
                var client = new Client(server.url(), Optional.of(KEY))) {
            assertThat(client.chat(open()).status()).isEqualTo(200);
            assertThat(client.get("/metrics").code()).isEqualTo("missing_scope");
            assertThat(client.post("/v1/embeddings", embedding).message())
                    .contains("not for 'embed'; it is for infer, tune.");
        }
    }

    @Test
    void aModelMayNeedAFurtherScope() {
        var searching =
                Served.withSecrets()
                        .chat("open", Principal.local())
                        .orElseThrow()
                        .needing(Scope.SEARCH);
        var models = new ServedModels(Map.of("open", searching), Map.of());
        for (var scopes : List.of(Set.of(Scope.INFER), Set.of(Scope.INFER, Scope.SEARCH))) {
            var settings =
                    new ServerSettings(
                            "127.0.0.1", 0, List.of(key().withScopes(scopes)), Limits.usual());
            try (var server = Server.start(settings, models);
                    var client = new Client(server.url(), Optional.of(KEY))) {
                assertThat(client.chat(open()).status())
                        .isEqualTo(scopes.contains(Scope.SEARCH) ? 200 : 403);
            }
        }
    }

    @Test
    void aKeyThatNamesNoneIsForTheUsualOnes() {
        assertThat(ApiKey.of(KEY, Principal.local()).scopes())
                .isEqualTo(Scope.usual())
                .doesNotContain(Scope.ADMIN, Scope.TUNE);
    }

    @Test
    void namesAreOfScopesThatThereAre() {
        assertThat(Scope.of(List.of("infer", "admin")))
                .containsExactlyInAnyOrder(Scope.INFER, Scope.ADMIN);
        assertThatThrownBy(() -> Scope.of(List.of("infer", "INFER")))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(
                        "scopes must be of infer, embed, search, tune, admin, metrics, got 'INFER'");
        assertThatThrownBy(() -> Scope.of(List.of())).hasMessageContaining("at least one of");
    }
}
