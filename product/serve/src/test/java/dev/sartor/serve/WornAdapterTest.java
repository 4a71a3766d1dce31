package dev.sartor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Readers;
import dev.sartor.serve.server.Client;
import dev.sartor.serve.server.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What a request does with the version of an adapter that it is answered with.
class WornAdapterTest {
    private final CopyOnWriteArrayList<AuditEntry> kept = new CopyOnWriteArrayList<>();

    /// Whether it is held, which it may be refused.
    private static final class Version implements ServedAdapter {
        final AtomicInteger holds = new AtomicInteger();
        final List<Integer> whileAsked = new ArrayList<>();
        private int refusals;

        Version(int refusals) {
            this.refusals = refusals;
        }

        @Override
        public String digest() {
            return "d".repeat(64);
        }

        @Override
        public Optional<Hold> hold() {
            if (refusals-- > 0) {
                return Optional.empty();
            }
            holds.incrementAndGet();
            return Optional.of(holds::decrementAndGet);
        }
    }

    private Server server(Version version) {
        var asked = new Echo();
        var worn =
                new ServedModel(
                                new Watching(
                                        asked, () -> version.whileAsked.add(version.holds.get())),
                                Readers.everyone(),
                                new AnswerForm.FreeText(5))
                        .with(version);
        return Server.start(
                ServerSettings.local(0).withPorts(ServerPorts.none().withAudit(kept::add)),
                new ServedModels(Map.of("m", worn), Map.of()));
    }

    @Test
    void aVersionIsHeldUntilTheAnswerIsSentAndStandsInTheAuditLog() {
        var version = new Version(0);
        try (var server = server(version);
                var client = new Client(server)) {
            assertThat(client.chat(Served.ONE_MESSAGE).status()).isEqualTo(200);
            assertThat(client.chat(Served.ONE_STREAM).text()).contains("[DONE]");
            assertThat(client.chat(Served.ONE_MESSAGE.replace("it again", "")).status())
                    .isEqualTo(200);
        }
        assertThat(version.whileAsked).containsExactly(1, 1, 1);
        assertThat(version.holds).hasValue(0);
        assertThat(kept)
                .extracting(AuditEntry::adapter)
                .containsOnly(Optional.of("d".repeat(64)))
                .hasSize(4);
    }

    @Test
    void aVersionThatIsGoneIsLookedForAgain() {
        var replaced = new Version(3);
        try (var server = server(replaced);
                var client = new Client(server)) {
            assertThat(client.chat(Served.ONE_MESSAGE).status()).isEqualTo(200);
        }
        var gone = new Version(Integer.MAX_VALUE);
        try (var server = server(gone);
                var client = new Client(server)) {
            assertThat(client.chat(Served.ONE_MESSAGE).status()).isEqualTo(503);
        }
        assertThat(gone.whileAsked).isEmpty();
    }

    @Test
    void aRequestThatIsRefusedLetsItsVersionGo() {
        var version = new Version(0);
        try (var server = server(version);
                var client = new Client(server)) {
            var tooLong = Served.ONE_MESSAGE.replace("say it again", "1 2 3 4 5 6 7 8 9 10 11");
            assertThat(client.chat(tooLong).status()).isEqualTo(400);
        }
        assertThat(version.holds).hasValue(0);
    }
}
