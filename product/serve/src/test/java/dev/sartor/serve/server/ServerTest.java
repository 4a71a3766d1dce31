package dev.sartor.serve.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Echo;
import dev.sartor.serve.Held;
import dev.sartor.serve.Keys;
import dev.sartor.serve.Limits;
import dev.sartor.serve.Networks;
import dev.sartor.serve.Patience;
import dev.sartor.serve.Served;
import dev.sartor.serve.ServerPorts;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.Spinning;
import dev.sartor.serve.Transport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ServerTest {
    @Test
    void itListensOnThisMachineAloneUnlessToldOtherwise() {
        assertThat(ServerSettings.local(8080).host()).isEqualTo("127.0.0.1");
        try (var server = Served.start(Served.chat(new Echo()))) {
            assertThat(server.url()).hasToString("http://127.0.0.1:" + server.port());
        }
    }

    @Test
    void aPortInUseIsNamedWithTheWayToAnother() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = taken.getLocalPort();
            refused(() -> Server.start(ServerSettings.local(port), Served.chat(new Echo())))
                    .hasMessage(
                            "port %d on 127.0.0.1 is in use by another program: choose another with"
                                            .formatted(port)
                                    + " --port, or --port 0 for any free one.");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        var key = ApiKey.of("a-key-of-ours", Principal.local());
        var settings =
                new ServerSettings(
                        "192.0.2.1",
                        0,
                        Optional.of(Keys.of(List.of(key))),
                        Limits.usual(),
                        new Transport.BehindProxy(Networks.of(List.of("10.0.0.0/8"))),
                        ServerPorts.none());
        refused(() -> Server.start(settings, Served.chat(new Echo())))
                .hasMessageContaining("192.0.2.1 is not an address of this machine");
    }

    @Test
    void settingsRefuseNonsense() {
        refused(() -> ServerSettings.local(70_000))
                .hasMessageContaining("--port must be 0 to 65535, got 70000");
        refused(() -> new ServerSettings(" ", 0, List.of(), Limits.usual()))
                .hasMessageContaining("--host must be an address of this machine");
        refused(() -> Limits.usual().withRunning(0, 0)).hasMessageContaining("serve.running");
        refused(() -> Limits.usual().withRunning(1, -1)).hasMessageContaining("serve.waiting");
        refused(() -> Limits.usual().withBodyBytes(1)).hasMessageContaining("serve.body_bytes");
        refused(() -> Limits.usual().withHeartbeat(Duration.ZERO))
                .hasMessageContaining("serve.heartbeat must be more than 0");
        refused(() -> Limits.usual().withLongestWait(Duration.ofSeconds(-1)))
                .hasMessageContaining("serve.longest_wait");
        refused(() -> Limits.usual().withLongestStop(Duration.ofSeconds(-1)))
                .hasMessageContaining("serve.longest_stop");
    }

    @Test
    void aStoppingServerFinishesWhatRunsAndTakesNothingNew() throws Exception {
        var held = Held.speaking();
        var server = Served.start(Served.chat(held));
        try (var client = new Client(server)) {
            var running = client.chatLater(Served.ONE_STREAM);
            held.started.await();
            var closing = CompletableFuture.runAsync(server::close, Thread::startVirtualThread);
            Patience.until(() -> !isListening(server));
            assertThat(closing).isNotDone();
            held.release();
            closing.get(60, TimeUnit.SECONDS);
            assertThat(running.get(60, TimeUnit.SECONDS).text()).endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void whatDoesNotFinishWithinTheLimitIsEndedAndTold() throws Exception {
        var held = Held.speaking();
        var limits = Limits.usual().withLongestStop(Duration.ofMillis(50));
        var server = Served.start(Served.chat(held), limits);
        try (var client = new Client(server)) {
            var streamed = client.chatLater(Served.ONE_STREAM);
            held.started.await();
            var whole = client.chatLater(Served.ONE_MESSAGE);
            Patience.until(
                    () -> client.get("/metrics").text().contains("running{kind=\"chat\"} 2.0"));
            server.close();
            var text = streamed.get(60, TimeUnit.SECONDS).text();
            assertThat(text).contains("held").contains("\"code\":\"stopping\"");
            assertThat(text).doesNotContain("[DONE]");
            assertThat(whole.get(60, TimeUnit.SECONDS).status()).isEqualTo(503);
            assertThat(held.ended).isCompletedExceptionally();
        }
    }

    @Test
    void anAnswerMayTakeLongerThanAClientMayBeIdle() throws Exception {
        var held = Held.silent();
        var limits = Limits.usual().withIdle(Duration.ofMillis(200));
        try (var server = Served.start(Served.chat(held), limits);
                var client = new Client(server)) {
            var whole = client.chatLater(Served.ONE_MESSAGE);
            var streamed = client.chatLater(Served.ONE_STREAM);
            Thread.sleep(1500);
            held.release();
            assertThat(whole.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
            assertThat(streamed.get(60, TimeUnit.SECONDS).text()).endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void whatNeverEndsIsLeftBehind() throws Exception {
        var busy = new Spinning();
        var limits = Limits.usual().withLongestStop(Duration.ofMillis(50));
        var server = Served.start(Served.chat(busy), limits);
        try (var client = new Client(server)) {
            var _ = client.chatLater(Served.ONE_MESSAGE);
            Patience.until(
                    () -> client.get("/metrics").text().contains("running{kind=\"chat\"} 1.0"));
            var closing = CompletableFuture.runAsync(server::close, Thread::startVirtualThread);
            closing.get(60, TimeUnit.SECONDS);
        } finally {
            busy.stop();
        }
    }

    @Test
    void whatOnlyWaitsIsInterruptedWhenTheServersPatienceEnds() throws Exception {
        var held = Held.silent();
        var limits = Limits.usual().withLongestStop(Duration.ofMillis(50));
        var server = Served.start(Served.chat(held), limits);
        try (var client = new Client(server)) {
            var whole = client.chatLater(Served.ONE_MESSAGE);
            held.started.await();
            server.close();
            assertThat(whole.get(60, TimeUnit.SECONDS).status()).isEqualTo(503);
            assertThat(held.ended).isCompletedExceptionally();
        }
    }

    @Test
    void closingTwiceIsClosingOnce() {
        var server = Served.start(Served.chat(new Echo()));
        assertThat(isListening(server)).isTrue();
        server.close();
        assertThat(isListening(server)).isFalse();
        assertThatCode(server::close).doesNotThrowAnyException();
        assertThat(isListening(server)).isFalse();
    }

    @Test
    void aBurstOfConnectionsIsAnsweredInFull() throws Exception {
        var limits = Limits.usual().withRunning(4, 1000);
        try (var server = Served.start(Served.chat(new Echo()), limits);
                var client = new Client(server)) {
            var replies = new ArrayList<CompletableFuture<Client.Reply>>();
            for (int i = 0; i < 200; i++) {
                replies.add(client.chatLater(Served.ONE_MESSAGE));
            }
            for (var reply : replies) {
                assertThat(reply.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
            }
        }
    }

    private static boolean isListening(Server server) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SartorException.class,
                        e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.USER));
    }
}
