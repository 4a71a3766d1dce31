package dev.sartor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.serve.server.Client;
import dev.sartor.serve.server.Server;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// What a server tells of how long requests took, and that no answer hangs on it.
class TracedTest {
    private static Server start(Telemetry telemetry) {
        return Server.start(
                ServerSettings.local(0).withPorts(ServerPorts.none().withTelemetry(telemetry)),
                Served.chat(new Echo()));
    }

    @Test
    void eachRequestIsToldWithTheTimesOfItsParts() {
        var told = new CopyOnWriteArrayList<TracedRequest>();
        try (var server = start(told::add);
                var client = new Client(server)) {
            assertThat(client.chat(Served.ONE_MESSAGE).status()).isEqualTo(200);
            assertThat(
                            client.post(
                                            "/v1/embeddings",
                                            "{\"model\": \"e\", \"input\": \"one two\"}")
                                    .status())
                    .isEqualTo(200);
            client.get("/health");
        }
        assertThat(told).hasSize(2);
        var chat = told.getFirst();
        assertThat(chat.entry().action()).isEqualTo("POST /v1/chat/completions");
        assertThat(chat.entry().status()).isEqualTo(200);
        var waited = chat.waited().orElseThrow();
        var answer = chat.answers().getFirst();
        assertThat(chat.began()).isLessThanOrEqualTo(waited.from());
        assertThat(waited.from()).isLessThanOrEqualTo(waited.to());
        assertThat(waited.to()).isLessThanOrEqualTo(answer.from());
        assertThat(answer.firstText().orElseThrow()).isBetween(answer.from(), answer.to());
        assertThat(answer.made().orElseThrow().usage().completionTokens()).isEqualTo(3);
        var embeddings = told.getLast();
        assertThat(embeddings.entry().tokens().prompt()).isEqualTo(2);
        assertThat(embeddings.waited()).isPresent();
        assertThat(embeddings.answers()).isEmpty();
    }

    @Test
    void aClientThatHangsUpIsToldAsThat() throws Exception {
        var told = new CopyOnWriteArrayList<TracedRequest>();
        try (var server =
                        Server.start(
                                ServerSettings.local(0)
                                        .withPorts(ServerPorts.none().withTelemetry(told::add)),
                                Served.chat(new Spouting(4)));
                var client = new Client(server)) {
            client.open(Served.ONE_STREAM).body().close();
            Patience.until(() -> !told.isEmpty());
        }
        assertThat(told.getFirst().entry().status()).isEqualTo(499);
        assertThat(told.getFirst().answers().getFirst().made()).isEqualTo(Optional.empty());
    }

    @Test
    void anAnswerDoesNotHangOnWhoIsTold() {
        Telemetry broken =
                _ -> {
                    throw new IllegalStateException("broken on purpose");
                };
        try (var server = start(broken);
                var client = new Client(server)) {
            assertThat(client.chat(Served.ONE_MESSAGE).status()).isEqualTo(200);
            assertThat(client.chat(Served.ONE_STREAM).text()).contains("[DONE]");
        }
    }
}
