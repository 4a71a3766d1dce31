package dev.sartor.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.SartorException.Kind;
import dev.sartor.core.work.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteResponderTest {
    private static final AnswerForm LABELS =
            new AnswerForm.OneOf(List.of("billing", "plan-change"));

    private static Answer ask(RemoteServer server, AnswerForm form) {
        return server.responder()
                .answer(List.of(RemoteServer.question(form)), Progress.silent())
                .getFirst();
    }

    private static Answer ask(RemoteServer server) {
        return ask(server, new AnswerForm.FreeText(20));
    }

    private static void fails(RemoteServer server, Kind kind, String... parts) {
        assertThatThrownBy(() -> ask(server))
                .isInstanceOfSatisfying(
                        SartorException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(kind);
                            assertThat(e.getMessage()).contains(parts).doesNotContain("sk-secret");
                        });
    }

    @Test
    void asksAsTheApiWantsToBeAsked() throws Exception {
        try (var server = RemoteServer.patient()) {
            server.says("On page 2.");
            var answer = ask(server);
            assertThat(answer.text()).isEqualTo("On page 2.");
            assertThat(answer.usage()).isEqualTo(new Answer.Usage(12, 4, 3));
            var request = server.request();
            assertThat(request.getTarget()).isEqualTo("/v1/chat/completions");
            assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer sk-secret");
            var body = RemoteServer.json(request);
            assertThat(body.path("model").asString()).isEqualTo("large-1");
            assertThat(body.path("messages").path(1).path("content").asString())
                    .isEqualTo("Where is my bill?");
            assertThat(body.path("max_tokens").asInt()).isEqualTo(20);
            assertThat(body.has("top_p") || body.has("seed") || body.has("stream")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Plan change., plan-change",
        "' PLAN-CHANGE\n', plan-change",
        "I would say billing, billing",
        "billing or plan-change, billing or plan-change"
    })
    void aLabelIsAskedForInWordsAndFoundInTheAnswer(String said, String taken) throws Exception {
        try (var server = RemoteServer.patient()) {
            server.says(said);
            assertThat(ask(server, LABELS).text()).isEqualTo(taken);
            assertThat(
                            RemoteServer.json(server.request())
                                    .path("messages")
                                    .path(1)
                                    .path("content")
                                    .asString())
                    .endsWith(
                            "Answer with exactly one of these and nothing else: billing, plan-change");
        }
    }

    @Test
    void answersComeInTheQuestionsOrder() throws Exception {
        try (var server = RemoteServer.patient()) {
            server.repeatsTheQuestionButTheFirstLate();
            var questions =
                    Stream.of("first", "second", "third")
                            .map(Message::user)
                            .map(turn ->
                                    RemoteServer.freeText()
                                            .withMessages(List.of(turn), Readers.everyone()))
                            .toList();
            assertThat(server.responder().answer(questions, Progress.silent()))
                    .extracting(Answer::text)
                    .containsExactly("first", "second", "third");
        }
    }

    @Test
    void aRefusedKeyFailsAtOnceNamingItsVariable() throws IOException {
        try (var server = RemoteServer.patient()) {
            server.answers(401, "{\"error\": {\"message\": \"bad key sk-secret\"}}");
            fails(server, Kind.USER, "answered 401", "LARGE_KEY", "api_key_env of remotes 'large'");
            assertThat(server.requests()).isOne();
        }
    }

    @Test
    void anUnknownModelFailsAtOnceNamingTheSettings() throws IOException {
        try (var server = RemoteServer.patient()) {
            server.answers(404, "");
            fails(server, Kind.USER, "answered 404", "'large-1'", "Correct url or model");
            assertThat(server.requests()).isOne();
        }
    }

    @Test
    void aRefusedRequestShowsWhatTheServerSaidWithoutTheKey() throws IOException {
        try (var server = RemoteServer.patient()) {
            server.answers(400, "no sk-secret " + "x".repeat(300));
            fails(server, Kind.USER, "answered 400 and said: 'no *** xxx", "xxx…'");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503})
    void whatMayPassIsAskedAgain(int status) throws IOException {
        try (var server = RemoteServer.patient()) {
            server.answers(status, "later");
            server.answers(status, "later");
            server.says("now");
            assertThat(ask(server).text()).isEqualTo("now");
            assertThat(server.requests()).isEqualTo(3);
        }
    }

    @Test
    void waitsAsLongAsTheServerAsks() throws IOException {
        try (var server = RemoteServer.patient()) {
            server.answers(429, "", "Retry-After", "1");
            server.says("now");
            long start = System.nanoTime();
            ask(server);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(1_000_000_000L);
        }
    }

    /// A worker's thread is interrupted where another question has failed.
    @Test
    void whoWaitsCanBeInterrupted() throws Exception {
        try (var server = RemoteServer.patient()) {
            server.answers(429, "", "Retry-After", "60");
            var asking = Thread.startVirtualThread(() -> ask(server));
            server.request();
            asking.interrupt();
            assertThat(asking.join(Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    void givesUpAfterTheRetriesAndSaysHowToGoOn() throws IOException {
        try (var server = RemoteServer.patient()) {
            for (int i = 0; i < 4; i++) {
                server.answers(500, "oops");
            }
            fails(
                    server,
                    Kind.MISSING,
                    "answered 500, 4 times in a row",
                    "Raise timeout or retries");
        }
    }

    @Test
    void aSlowAnswerIsGivenUpAfterTheTimeout() throws IOException {
        try (var server = new RemoteServer(0.2, 1, 0)) {
            server.answersLate("late", 3000);
            server.answersLate("late", 3000);
            fails(server, Kind.MISSING, "did not answer within 0.2 s, 2 times in a row");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>Welcome</html>",
                "{\"choices\": []}",
                "",
                "{\"choices\": [{\"message\": {\"content\": null}}]}"
            })
    void nonsenseIsShown(String body) throws IOException {
        try (var server = RemoteServer.patient()) {
            server.answers(200, body);
            fails(
                    server,
                    Kind.MISSING,
                    "something that is not a chat completion",
                    "OpenAI-compatible");
        }
    }

    @Test
    void nobodyThereIsSaidAfterTheRetries() throws IOException {
        var server = new RemoteServer(1, 1, 0);
        server.server.close();
        fails(server, Kind.MISSING, "could not be reached (ConnectException", "2 times in a row");
        server.close();
    }

    @Test
    void aPriceWithoutATokenCountIsRefused() throws IOException {
        try (var server = new RemoteServer(5, 0, 0.5)) {
            server.answers(200, "{\"choices\": [{\"message\": {\"content\": \"free?\"}}]}");
            fails(server, Kind.MISSING, "cannot be priced");
        }
    }

    @Test
    void aMissingKeyIsSaidBeforeAnythingIsSent() throws IOException {
        try (var server = RemoteServer.patient()) {
            assertThatThrownBy(() -> RemoteResponder.open(server.remote, name -> Optional.of(" ")))
                    .hasMessageContaining("LARGE_KEY is not set")
                    .hasMessageContaining("remotes 'large'");
        }
    }

    private static final String CHUNK =
            "data: {\"choices\": [{\"delta\": {\"content\": \"%s\"}, \"finish_reason\": %s}]}\n\n";

    @Test
    void streamedPiecesJoinedAreTheAnswer() throws Exception {
        try (var server = RemoteServer.patient()) {
            server.answers(
                    200,
                    ": heartbeat\n\n"
                            + CHUNK.formatted("On ", "null")
                            + CHUNK.formatted("page 2.", "\"length\"")
                            + "data: {\"choices\": [], \"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 4}}\n\ndata: [DONE]\n\n");
            var pieces = new ArrayList<String>();
            var answer = server.responder().stream(RemoteServer.freeText(), pieces::add);
            assertThat(pieces).containsExactly("On ", "page 2.");
            assertThat(answer.text()).isEqualTo("On page 2.");
            assertThat(answer.finish()).isEqualTo(Answer.Finish.LENGTH);
            assertThat(answer.usage().promptTokens()).isEqualTo(9);
            assertThat(RemoteServer.json(server.request()).path("stream").asBoolean()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"'', ended its answer half way", "'data: ?', not a chat completion"})
    void aStreamThatBreaksOffIsNoAnswer(String end, String said) throws IOException {
        try (var server = RemoteServer.patient()) {
            server.answers(200, CHUNK.formatted("On ", "null") + end + "\n\n");
            assertThatThrownBy(() -> server.responder().stream(RemoteServer.freeText(), text -> {}))
                    .hasMessageContaining(said);
        }
    }

    @Test
    void aConsumerThatThrowsEndsTheStream() throws IOException {
        try (var server = RemoteServer.patient()) {
            server.answers(200, CHUNK.formatted("On ", "null") + "data: [DONE]\n\n");
            assertThatThrownBy(() ->
                            server.responder().stream(
                                    RemoteServer.freeText(),
                                    text -> {
                                        throw new IllegalStateException("gone");
                                    }))
                    .hasMessage("gone");
        }
    }
}
