package dev.sartor.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Passage;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StreamTest {
    private static final String WITH_USAGE =
            Served.ONE_STREAM.replace(
                    "true,", "true, \"stream_options\": {\"include_usage\": true},");

    @Test
    void severalAnswersShareAStreamEachUnderItsIndex() {
        try (var server = Served.start(Served.chat(new Echo()));
                var client = new Client(server)) {
            var events = client.events(WITH_USAGE.replace("\"m\",", "\"m\", \"n\": 2,"));
            for (int i = 0; i < 2; i++) {
                int index = i;
                var own =
                        events.stream()
                                .filter(event -> event.at("/choices/0/index").asInt(-1) == index)
                                .toList();
                assertThat(own.stream().map(e -> e.at("/choices/0/delta/content").asString("")))
                        .containsExactly("", "say", " it", " again", "");
                assertThat(own.getLast().at("/choices/0/finish_reason").asString())
                        .isEqualTo("stop");
            }
            assertThat(events.getLast().at("/usage/completion_tokens").asInt()).isEqualTo(6);
        }
    }

    @Test
    void ofSeveralAnswersTheFirstFailureEndsAll() {
        var failing = new Failing(List.of("a"), () -> SartorException.user("no such form"));
        try (var server = Served.start(Served.chat(failing));
                var client = new Client(server)) {
            var reply = client.chat(Served.ONE_MESSAGE.replace("\"m\",", "\"m\", \"n\": 3,"));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.message()).isEqualTo("no such form");
        }
    }

    @Test
    void theScoresOfTokensComeWithTheLastChunk() {
        try (var server = Served.start(Served.chat(new Echo()));
                var client = new Client(server)) {
            var events =
                    client.events(
                            Served.ONE_STREAM.replace("\"m\",", "\"m\", \"logprobs\": true,"));
            assertThat(events.getFirst().at("/choices/0/logprobs").isNull()).isTrue();
            assertThat(events.getLast().at("/choices/0/logprobs/content")).hasSize(3);
        }
    }

    @Test
    void chunksCarryTheTextInPiecesAndEndWithDone() {
        try (var server = Served.start(Served.chat(new Echo()));
                var client = new Client(server)) {
            var reply = client.chat(Served.ONE_STREAM);
            assertThat(reply.header("content-type")).contains("text/event-stream; charset=utf-8");
            assertThat(reply.header("cache-control")).contains("no-cache");
            assertThat(reply.text()).endsWith("data: [DONE]\n\n");
            var events = Client.events(reply.text().lines());
            assertThat(events)
                    .hasSize(5)
                    .allSatisfy(event -> {
                        assertThat(event.get("id").stringValue())
                                .isEqualTo(
                                        "chatcmpl-" + reply.header("x-request-id").orElseThrow());
                        assertThat(event.get("object").stringValue())
                                .isEqualTo("chat.completion.chunk");
                        assertThat(event.get("created").isIntegralNumber()).isTrue();
                        assertThat(event.get("model").stringValue()).isEqualTo("m");
                        assertThat(event.has("usage")).isFalse();
                    });
            assertThat(events.getFirst().at("/choices/0/delta/role").stringValue())
                    .isEqualTo("assistant");
            assertThat(
                            events.stream()
                                    .map(e -> e.at("/choices/0/delta/content").stringValue(""))
                                    .collect(Collectors.joining("|")))
                    .isEqualTo("|say| it| again|");
            assertThat(
                            events.stream()
                                    .map(e -> e.at("/choices/0/finish_reason").stringValue("-"))
                                    .collect(Collectors.joining()))
                    .isEqualTo("----stop");
        }
    }

    @Test
    void usageComesLastWithoutChoicesAndIsNullBefore() {
        try (var server = Served.start(Served.chat(new Echo()));
                var client = new Client(server)) {
            var events = client.events(WITH_USAGE);
            assertThat(events.getLast().get("choices").isEmpty()).isTrue();
            assertThat(events.getLast().at("/usage/total_tokens").intValue()).isEqualTo(6);
            assertThat(events.subList(0, events.size() - 1))
                    .allSatisfy(event -> assertThat(event.get("usage").isNull()).isTrue());
        }
    }

    @Test
    void sourcesStandInTheChunkThatEndsTheText() {
        var passage = new Passage("p", "a.md", "A", "text", 1, Readers.everyone());
        try (var server = Served.start(Served.chat(new Echo(passage)));
                var client = new Client(server)) {
            var last = client.events(Served.ONE_STREAM).getLast();
            assertThat(last.at("/choices/0/delta/sources/0/document").stringValue())
                    .isEqualTo("a.md");
            assertThat(last.at("/choices/0/delta/statements/1/supported").booleanValue()).isFalse();
        }
    }

    @Test
    void piecesArriveBeforeTheAnswerIsComplete() throws Exception {
        var held = Held.speaking();
        try (var server = Served.start(Served.chat(held));
                var client = new Client(server)) {
            try (var lines = lines(client)) {
                assertThat(next(lines, "data: ")).contains("\"role\":\"assistant\"");
                assertThat(next(lines, "data: ")).contains("held");
                assertThat(held.ended).isNotDone();
                held.release();
                assertThat(next(lines, "data: [DONE]")).isNotEmpty();
            }
        }
    }

    @Test
    void commentsKeepASilentStreamOpen() throws Exception {
        var held = Held.silent();
        var limits = Limits.usual().withHeartbeat(Duration.ofMillis(30));
        try (var server = Served.start(Served.chat(held), limits);
                var client = new Client(server)) {
            try (var lines = lines(client)) {
                assertThat(next(lines, ":")).isEqualTo(": waiting");
                assertThat(next(lines, ":")).isEqualTo(": waiting");
                held.release();
                assertThat(next(lines, "data: [DONE]")).isNotEmpty();
            }
        }
    }

    @Test
    void aClientThatHangsUpEndsTheGeneration() throws Exception {
        var held = Held.speaking();
        try (var server = Served.start(Served.chat(held));
                var client = new Client(server)) {
            var lines = lines(client);
            next(lines, "data: ");
            lines.close();
            assertThatThrownBy(() -> held.ended.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class);
            Patience.until(() -> client.get("/metrics").text().contains("status=\"499\"} 1"));
        }
    }

    @Test
    void aClientThatHangsUpBeforeTheFirstWordEndsTheGenerationAtOnce() throws Exception {
        var held = Held.silent();
        var limits = Limits.usual().withHeartbeat(Duration.ofMillis(30));
        try (var server = Served.start(Served.chat(held), limits);
                var client = new Client(server)) {
            var lines = lines(client);
            next(lines, ":");
            lines.close();
            assertThatThrownBy(() -> held.ended.get(60, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void aFailureBeforeTheFirstWordIsAnHttpStatus() {
        try (var server = Served.start(Served.chat(new Echo()));
                var client = new Client(server)) {
            var reply = client.chat(Served.ONE_STREAM.replace("again", "1 2 3 4 5 6 7 8 9"));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.header("content-type")).contains("application/json");
            assertThat(reply.code()).isEqualTo("context_length_exceeded");
        }
    }

    @Test
    void aFailureInTheMiddleIsAnErrorEventAndNoDone() {
        var failing = new Failing(List.of("well"), () -> SartorException.missing("out of memory"));
        try (var server = Served.start(Served.chat(failing));
                var client = new Client(server)) {
            var reply = client.chat(Served.ONE_STREAM);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).contains("well").doesNotContain("[DONE]");
            var last = Client.events(reply.text().lines()).getLast();
            assertThat(last.at("/error/message").stringValue()).isEqualTo("out of memory");
            assertThat(last.at("/error/type").stringValue()).isEqualTo("server_error");
        }
    }

    private static BufferedReader lines(Client client) {
        return new BufferedReader(
                new InputStreamReader(
                        client.open(Served.ONE_STREAM).body(), StandardCharsets.UTF_8));
    }

    /// The next line that starts so; empty at the end.
    private static String next(BufferedReader lines, String start) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
        }
        return "";
    }
}
