package dev.sartor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.serve.server.Client;
import dev.sartor.serve.server.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that go away or read no more, and what becomes of their places.
class AbandonedTest {
    /// Far above what it takes, far below every time after which a place came free on its own.
    private static final Duration SOON = Duration.ofSeconds(4);

    private static final String OTHER = Served.ONE_MESSAGE.replace("\"m\"", "\"other\"");

    @ParameterizedTest
    @ValueSource(strings = {Served.ONE_MESSAGE, Served.ONE_STREAM})
    void whoeverHangsUpInTheLineLeavesIt(String body) {
        var held = Held.silent();
        try (var server = Served.start(with(held), Limits.usual().withRunning(1, 64));
                var client = new Client(server)) {
            var first = client.chatLater(Served.ONE_MESSAGE);
            Patience.until(() -> held.started.getCount() == 0);
            var waiting = new ArrayList<RawClient>();
            for (int i = 0; i < 64; i++) {
                waiting.add(RawClient.chatting(server, body));
            }
            Patience.until(() -> shows(client, "sartor_waiting{kind=\"chat\"} 64"));
            waiting.forEach(RawClient::close);
            soon(() -> shows(client, "sartor_waiting{kind=\"chat\"} 0"));
            held.release();
            assertThat(first.join().status()).isEqualTo(200);
            soon(() -> shows(client, "status=\"499\"} 64"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Served.ONE_MESSAGE,
                Served.ONE_STREAM,
                "{\"model\": \"m\", \"n\": 2, \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}",
            })
    void whoeverHangsUpWhileHisAnswerIsMadeFreesHisPlaceBeforeItSaysAnything(String body) {
        var held = Held.silent();
        try (var server = Served.start(with(held), Limits.usual().withRunning(8, 64));
                var client = new Client(server)) {
            var gone = new ArrayList<RawClient>();
            for (int i = 0; i < 8; i++) {
                gone.add(RawClient.chatting(server, body));
            }
            Patience.until(() -> shows(client, "sartor_running{kind=\"chat\"} 8"));
            gone.forEach(RawClient::close);
            soon(() -> shows(client, "sartor_running{kind=\"chat\"} 0"));
            assertThat(client.chat(OTHER).status()).isEqualTo(200);
            soon(() -> shows(client, "status=\"499\"} 8"));
        }
    }

    @Test
    void whoeverHangsUpInTheLineForVectorsLeavesIt() {
        var slow = new SlowVectors();
        var models =
                new ServedModels(
                        Map.of(), Map.of("e", new ServedEmbedder(slow, Readers.everyone())));
        try (var server = Served.start(models, Limits.usual().withRunning(1, 8));
                var client = new Client(server)) {
            var gone = new ArrayList<RawClient>();
            for (int i = 0; i < 5; i++) {
                gone.add(new RawClient(server, 4096));
                gone.getLast().post("/v1/embeddings", "{\"model\": \"e\", \"input\": \"a\"}");
            }
            Patience.until(() -> shows(client, "sartor_waiting{kind=\"embeddings\"} 4"));
            gone.forEach(RawClient::close);
            soon(() -> shows(client, "sartor_waiting{kind=\"embeddings\"} 0"));
            soon(() -> shows(client, "sartor_running{kind=\"embeddings\"} 0"));
        }
    }

    /// More than the buffers of both systems and the stream's own take.
    @Test
    void readersThatStopReadingLoseTheirPlacesAtOnce() {
        var spouting = new Spouting(100_000);
        try (var server = Served.start(with(spouting), Limits.usual().withRunning(8, 64));
                var client = new Client(server)) {
            var stalled = new ArrayList<RawClient>();
            for (int i = 0; i < 8; i++) {
                stalled.add(RawClient.chatting(server, Served.ONE_STREAM));
                stalled.getLast().await("xxxx");
            }
            soon(() -> shows(client, "sartor_running{kind=\"chat\"} 0"));
            assertThat(client.chat(OTHER).status()).isEqualTo(200);
            soon(() -> shows(client, "status=\"499\"} 8"));
            stalled.forEach(RawClient::close);
        }
    }

    /// What the systems take, and not all that the stream's buffer does.
    @Test
    void aReaderThatTakesNothingForSomeSecondsLosesHisPlaceThoughThereIsRoomForMore() {
        var spouting = new Spouting(90);
        try (var server = Served.start(with(spouting), Limits.usual().withRunning(1, 8));
                var client = new Client(server);
                var stalled = RawClient.chatting(server, Served.ONE_STREAM)) {
            stalled.await("xxxx");
            assertThat(client.chat(OTHER).status()).isEqualTo(200);
            soon(() -> shows(client, "status=\"499\"} 1"));
        }
    }

    @Test
    void aReaderThatIsSlowGetsAll() throws Exception {
        var spouting = new Spouting(50);
        spouting.released.countDown();
        try (var server = Served.start(with(spouting), Limits.usual().withRunning(1, 8));
                var slow = RawClient.chatting(server, Served.ONE_STREAM)) {
            slow.await("\"role\":\"assistant\"");
            Thread.sleep(2000);
            slow.await("data: [DONE]\n\n");
        }
    }

    @Test
    void aRequestThatCameBehindAnotherIsAnsweredToo() {
        var held = Held.silent();
        try (var server = Served.start(with(held), Limits.usual());
                var both = new RawClient(server, 4096)) {
            both.post("/v1/chat/completions", Served.ONE_MESSAGE);
            Patience.until(() -> held.started.getCount() == 0);
            both.post("/v1/chat/completions", OTHER.replace("again", "twice"));
            Patience.pause(300); // the connection is looked at meanwhile
            held.release();
            both.await("\"content\":\"!\"");
            both.await("\"content\":\"say it twice\"");
        }
    }

    @Test
    void healthIsToldAtOnceWhileAllPlacesAreTaken() throws Exception {
        var busy = new Spinning();
        try (var server = Served.start(with(busy), Limits.usual());
                var client = new Client(server)) {
            var all = new ArrayList<RawClient>();
            for (int i = 0; i < 72; i++) {
                all.add(
                        RawClient.chatting(
                                server, i % 2 == 0 ? Served.ONE_MESSAGE : Served.ONE_STREAM));
            }
            try {
                Thread.sleep(500);
                for (int i = 0; i < 10; i++) {
                    long start = System.nanoTime();
                    var health = client.send(client.request("/health").GET().timeout(SOON));
                    assertThat(health.text()).contains("ok");
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
                }
            } finally {
                busy.stop();
                all.forEach(RawClient::close);
            }
        }
    }

    private static ServedModels with(Responder responder) {
        var form = new AnswerForm.FreeText(5);
        var chats = new LinkedHashMap<String, ServedModel>();
        chats.put("m", new ServedModel(responder, Readers.everyone(), form));
        chats.put("other", new ServedModel(new Echo(), Readers.everyone(), form));
        return new ServedModels(chats, Map.of());
    }

    private static boolean shows(Client client, String line) {
        return client.get("/metrics").text().contains(line);
    }

    private static void soon(BooleanSupplier condition) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Patience.pause(20);
        }
        assertThat(condition.getAsBoolean()).as("soon").isTrue();
    }
}
