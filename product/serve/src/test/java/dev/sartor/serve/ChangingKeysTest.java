package dev.sartor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Principal;
import dev.sartor.serve.server.Client;
import dev.sartor.serve.server.Server;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangingKeysTest {
    private static final String SALES = "the-key-of-sales";
    private static final String OWN = "the-key-of-its-own";
    private static final String SECRET_CHAT =
            Served.ONE_MESSAGE.replace("\"m\"", "\"sales/secret\"");

    private volatile Keys.Held held = all(key("group:sales"));
    private final Server server =
            Server.start(
                    new ServerSettings("127.0.0.1", 0, Optional.of(() -> held), Limits.usual()),
                    Served.withSecrets());

    @AfterEach
    void stop() {
        server.close();
    }

    private static ApiKey key(String name) {
        return ApiKey.of(SALES, new Principal(Set.of(name)));
    }

    private static Keys.Held all(ApiKey... keys) {
        return new Keys.Held(List.of(keys), true);
    }

    private Client client(String key) {
        return new Client(server.url(), Optional.of(key));
    }

    @Test
    void whatAKeyAllowsIsAskedForEachRequest() {
        try (var client = client(SALES)) {
            assertThat(client.chat(SECRET_CHAT).status()).isEqualTo(200);
            held = all(key("group:support"));
            assertThat(client.chat(SECRET_CHAT).status()).isEqualTo(404);
            held = all();
            var removed = client.chat(SECRET_CHAT);
            assertThat(removed.status()).isEqualTo(401);
            assertThat(removed.code()).isEqualTo("invalid_api_key");
            held = all(key("group:sales"));
            assertThat(client.chat(SECRET_CHAT).status()).isEqualTo(200);
        }
    }

    @Test
    void whoseKeyCannotBeConfirmedIsToldToTryAgain() {
        var own = ApiKey.of(OWN, Principal.local());
        try (var sales = client(SALES);
                var keeper = client(OWN)) {
            assertThat(sales.get("/health").json().at("/status").stringValue()).isEqualTo("ok");
            held = new Keys.Held(List.of(own), false);
            var reply = sales.chat(SECRET_CHAT);
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.code()).isEqualTo("keys_unconfirmed");
            assertThat(reply.header("retry-after")).contains("5");
            assertThat(sales.get("/health").json().at("/status").stringValue())
                    .isEqualTo("keys_unconfirmed");
            assertThat(keeper.get("/metrics").text()).contains("sartor_keys_unconfirmed 1.0");
            held = all(own);
            assertThat(keeper.get("/metrics").text()).contains("sartor_keys_unconfirmed 0.0");
            assertThat(sales.get("/health").text()).isEqualTo("{\"status\":\"ok\"}");
        }
    }
}
