package dev.sartor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.serve.server.Client;
import dev.sartor.serve.server.Server;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// What a server tells the audit log, and what it does without one that can be written.
class AuditedTest {
    private static final String KEY = "the-key-of-ann";
    private static final ApiKey ANN =
            ApiKey.of(KEY, new Principal(Set.of("user:ann", "group:sales"))).withId("key-1");

    private final CopyOnWriteArrayList<AuditEntry> kept = new CopyOnWriteArrayList<>();

    private static Server start(Audit audit) {
        return Server.start(
                ServerSettings.local(0)
                        .withApiKey(ANN)
                        .withPorts(ServerPorts.none().withAudit(audit)),
                Served.withSecrets());
    }

    private static String chat(String model) {
        return Served.ONE_MESSAGE.replace("\"m\"", "\"" + model + "\"");
    }

    @Test
    void eachRequestIsKeptWithWhoAskedAndWhatWasDecided() {
        try (var server = start(kept::add);
                var client = new Client(server.url(), Optional.of(KEY))) {
            var answered = client.chat(chat("sales/secret"));
            assertThat(answered.status()).isEqualTo(200);
            assertThat(kept).hasSize(1);
            var entry = kept.getFirst();
            assertThat(entry.who()).contains(ANN.principal());
            assertThat(entry.key()).contains("key-1");
            assertThat(entry.action()).isEqualTo("POST /v1/chat/completions");
            assertThat(entry.status()).isEqualTo(200);
            assertThat(entry.code()).isEmpty();
            assertThat(entry.model()).contains("sales/secret");
            assertThat(entry.tokens().prompt()).isPositive();
            assertThat(entry.seconds()).isPositive();
            assertThat(answered.header("x-request-id")).contains(entry.request());
            client.chat(chat("invented"));
            assertThat(kept.getLast().status()).isEqualTo(404);
            assertThat(kept.getLast().code()).contains("model_not_found");
            assertThat(kept.getLast().model()).isEmpty();
            client.get("/v1/models/sales/secret");
            assertThat(kept.getLast().action()).isEqualTo("GET /v1/models/{id}");
            client.get("/metrics");
            assertThat(kept).hasSize(4);
            client.get("/health");
            assertThat(kept).as("whether it lives").hasSize(4);
        }
    }

    @Test
    void aStreamIsKeptBeforeItBeginsAndBeforeItsEnd() {
        try (var server = start(kept::add);
                var client = new Client(server.url(), Optional.of(KEY))) {
            var body = Served.ONE_STREAM.replace("\"m\"", "\"open\"");
            assertThat(client.chat(body).text()).contains("[DONE]");
            assertThat(kept).extracting(AuditEntry::status).containsExactly(AuditEntry.BEGUN, 200);
            assertThat(kept).extracting(AuditEntry::request).doesNotContainNull();
            assertThat(kept.getLast().tokens().completion()).isPositive();
        }
    }

    @Test
    void nothingIsAnsweredWhatCannotBeKept() {
        Audit full =
                _ -> {
                    throw SartorException.missing("cannot write /srv/audit: the disk is full");
                };
        try (var server = start(full);
                var client = new Client(server.url(), Optional.of(KEY))) {
            for (var body : List.of(chat("open"), Served.ONE_STREAM.replace("\"m\"", "\"open\""))) {
                var refused = client.chat(body);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.code()).isEqualTo("audit_unavailable");
                assertThat(refused.header("retry-after")).contains("5");
                assertThat(refused.text()).doesNotContain("/srv", "say it");
            }
            assertThat(client.get("/v1/models").code()).isEqualTo("audit_unavailable");
            assertThat(client.get("/health").status()).isEqualTo(200);
        }
    }

    @Test
    void thoseWithoutAKeyAreKeptToAMeasureAndTheRestCounted() {
        try (var server = start(kept::add);
                var stranger = new Client(server.url(), Optional.of("no-key-of-anybody"));
                var ann = new Client(server.url(), Optional.of(KEY))) {
            for (int i = 0; i < 100; i++) {
                assertThat(stranger.get("/v1/models").status()).isEqualTo(401);
            }
            assertThat(kept.size()).isBetween(60, 90);
            assertThat(kept.getFirst().who()).isEmpty();
            assertThat(kept.getFirst().code()).contains("invalid_api_key");
            int before = kept.size();
            ann.get("/v1/models");
            assertThat(kept.getLast().unkept()).isEqualTo(100 - before);
        }
    }
}
