package dev.sartor.serve.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Json;
import dev.sartor.serve.Echo;
import dev.sartor.serve.Held;
import dev.sartor.serve.Limits;
import dev.sartor.serve.Patience;
import dev.sartor.serve.Served;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Many clients, and the same connection used again.
class ConnectionsTest {
    @Test
    void clientsAtTheSameTimeGetEachItsOwnAnswer() throws Exception {
        try (var server = Served.start(Served.chat(new Echo()));
                var client = new Client(server)) {
            var answers = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < 40; i++) {
                var words = "caller %d says %d".formatted(i, i * i);
                var body = i % 2 == 0 ? Served.ONE_MESSAGE : Served.ONE_STREAM;
                answers.add(
                        client.chatLater(body.replace("say it again", words))
                                .thenAccept(reply -> assertThat(text(reply)).isEqualTo(words)));
            }
            for (var answer : answers) {
                answer.get(60, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void textBeyondAsciiComesBackAsItWas() {
        var words = "größer 數據 \\\"🧵\\\" \\u2028 \\n";
        try (var server = Served.start(Served.chat(new Echo()));
                var client = new Client(server)) {
            var expected = Json.mapper().readTree("\"" + words + "\"").stringValue();
            var message = Served.ONE_MESSAGE.replace("say it again", words);
            var stream = Served.ONE_STREAM.replace("say it again", words);
            assertThat(text(client.chat(message))).isEqualTo(expected);
            assertThat(text(client.chat(stream))).isEqualTo(expected);
        }
    }

    @Test
    void aConnectionGoesOnAfterARefusal() throws IOException {
        try (var server = Served.start(Served.chat(new Echo()));
                var connection = new Connection(server)) {
            connection.post("{\"model\": \"m\"}");
            assertThat(connection.reply()).startsWith("HTTP/1.1 400");
            connection.post(Served.ONE_MESSAGE);
            assertThat(connection.reply()).startsWith("HTTP/1.1 200").contains("say it again");
        }
    }

    @Test
    void aStoppingServerRefusesWhatComesOnAnOpenConnectionAndClosesIt() throws Exception {
        var held = Held.speaking();
        var server = Served.start(Served.chat(held));
        try (var client = new Client(server);
                var connection = new Connection(server)) {
            connection.post("{\"model\": \"m\"}");
            connection.reply();
            var running = client.chatLater(Served.ONE_STREAM);
            held.started.await();
            var closing = CompletableFuture.runAsync(server::close, Thread::startVirtualThread);
            Patience.until(() -> !Connection.isPossible(server));
            connection.post(Served.ONE_MESSAGE);
            assertThat(connection.reply())
                    .startsWith("HTTP/1.1 503")
                    .contains("Connection: close")
                    .contains("This server is stopping.");
            held.release();
            closing.get(60, TimeUnit.SECONDS);
            assertThat(running.get(60, TimeUnit.SECONDS).text()).endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void aClientThatHangsUpWhileItWaitsLeavesTheLine() throws Exception {
        var held = Held.silent();
        var limits = Limits.usual().withRunning(1, 5).withHeartbeat(Duration.ofMillis(30));
        try (var server = Served.start(Served.chat(held), limits);
                var client = new Client(server)) {
            var running = client.chatLater(Served.ONE_MESSAGE);
            held.started.await();
            var waiting = client.open(Served.ONE_STREAM).body();
            assertThat(client.get("/metrics").text()).contains("waiting{kind=\"chat\"} 1.0");
            waiting.close();
            Patience.until(
                    () -> client.get("/metrics").text().contains("waiting{kind=\"chat\"} 0.0"));
            held.release();
            assertThat(running.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
    }

    private static String text(Client.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.text().startsWith("{")
                ? reply.json().at("/choices/0/message/content").stringValue()
                : Client.events(reply.text().lines()).stream()
                        .map(event -> event.at("/choices/0/delta/content").stringValue(""))
                        .collect(Collectors.joining());
    }

    /// One connection, kept open, without a client that would quietly open another.
    private record Connection(Socket socket, BufferedReader in) implements AutoCloseable {
        Connection(Server server) throws IOException {
            this(new Socket(InetAddress.getLoopbackAddress(), server.port()));
        }

        private Connection(Socket socket) throws IOException {
            this(
                    socket,
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.UTF_8)));
        }

        static boolean isPossible(Server server) {
            try (var connection = new Connection(server)) {
                return connection.socket().isConnected();
            } catch (IOException e) {
                return false;
            }
        }

        void post(String body) throws IOException {
            var request =
                    """
                    POST /v1/chat/completions HTTP/1.1\r
                    Host: localhost\r
                    Content-Type: application/json\r
                    Content-Length: %d\r
                    \r
                    %s\
                    """
                            .formatted(body.length(), body);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        }

        /// Head and body.
        String reply() throws IOException {
            var head = new StringBuilder();
            int length = 0;
            for (var line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                head.append(line).append('\n');
                if (line.startsWith("Content-Length: ")) {
                    length = Integer.parseInt(line.substring("Content-Length: ".length()));
                }
            }
            var body = new char[length];
            for (int i = 0; i < length; i++) {
                body[i] = (char) in.read();
            }
            return head + new String(body);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
