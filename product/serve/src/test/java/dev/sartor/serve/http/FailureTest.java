package dev.sartor.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.SartorException;
import dev.sartor.serve.Echo;
import dev.sartor.serve.Failing;
import dev.sartor.serve.Served;
import dev.sartor.serve.server.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    void theUsersMistakeIs400WithItsOwnWords() {
        var reply = replyTo(() -> SartorException.user("roles must alternate: drop one"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message()).isEqualTo("roles must alternate: drop one");
        assertThat(reply.error().get("type").stringValue()).isEqualTo("invalid_request_error");
        assertThat(reply.error().get("param").isNull()).isTrue();
        assertThat(reply.error().get("code").isNull()).isTrue();
    }

    @Test
    void whatIsMissingIs503WithItsOwnWords() {
        var reply = replyTo(() -> SartorException.missing("the remote model does not answer"));
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.message()).isEqualTo("the remote model does not answer");
        assertThat(reply.code()).isEqualTo("unavailable");
        assertThat(reply.error().get("type").stringValue()).isEqualTo("server_error");
    }

    @Test
    void workThatWasStoppedIs503AsOnAStoppingServer() {
        var reply = replyTo(() -> SartorException.stopped("stopped by Ctrl-C"));
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("stopping");
        assertThat(reply.header("retry-after")).contains("5");
    }

    @Test
    void aDefectIs500WithAnIdThatTheLogHasToo() {
        var logged = new Logged();
        var log = Logger.getLogger(Failure.class.getName());
        log.addHandler(logged);
        try {
            for (var thrown :
                    List.of(
                            SartorException.defect("secret"),
                            new IllegalStateException("secret"))) {
                var reply = replyTo(() -> thrown);
                assertThat(reply.status()).isEqualTo(500);
                var id = reply.header("x-request-id").orElseThrow();
                assertThat(reply.message()).contains(id).doesNotContain("secret");
                assertThat(reply.header("x-should-retry")).contains("false");
                assertThat(logged.lines.getLast()).startsWith(id);
                assertThat(logged.causes.getLast()).isSameAs(thrown);
            }
            assertThat(logged.lines).hasSize(2);
        } finally {
            log.removeHandler(logged);
        }
    }

    @Test
    void evenAnErrorOfTheMachineIsAnsweredInTheUsualShape() {
        var reply =
                replyTo(() -> {
                    throw new StackOverflowError();
                });
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.code()).isEqualTo("defect");
        var tooLittle =
                replyTo(() -> {
                    throw new OutOfMemoryError("a test");
                });
        assertThat(tooLittle.status()).isEqualTo(503);
    }

    @Test
    void aPathThatIsNotThereIsAnsweredInTheUsualShape() {
        try (var server = Served.start(Served.chat(new Echo()));
                var client = new Client(server)) {
            var reply = client.get("/v1/completions");
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.code()).isEqualTo("unknown_url");
            assertThat(reply.message()).contains("/v1/chat/completions");
            assertThat(client.get("/v1/chat/completions").status()).isEqualTo(405);
            assertThat(client.post("/v1/models", "{}").code()).isEqualTo("unknown_url");
        }
    }

    private static Client.Reply replyTo(Supplier<? extends RuntimeException> failure) {
        try (var server = Served.start(Served.chat(new Failing(List.of(), failure)));
                var client = new Client(server)) {
            return client.chat(Served.ONE_MESSAGE);
        }
    }

    private static final class Logged extends Handler {
        final List<String> lines = new ArrayList<>();
        final List<Throwable> causes = new ArrayList<>();

        @Override
        public synchronized void publish(LogRecord line) {
            lines.add(line.getMessage());
            causes.add(line.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
