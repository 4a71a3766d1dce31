package dev.sartor.remote;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Json;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import dev.sartor.hub.environment.Retry;
import dev.sartor.project.setting.Remote;
import dev.sartor.project.setting.Remote.Egress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.JsonNode;

/// A server that answers as it is told, and a responder that asks it without losing time to waiting.
public final class RemoteServer implements AutoCloseable {
    final MockWebServer server = new MockWebServer();
    public Remote remote;
    private final RemoteResponder responder;

    RemoteServer(double timeout, int retries, double price) throws IOException {
        this(timeout, retries, price, Egress.PUBLIC);
    }

    RemoteServer(double timeout, int retries, double price, Egress egress) throws IOException {
        server.start();
        remote =
                new Remote(
                        "large",
                        server.url("/v1/").toString(),
                        "large-1",
                        Optional.of("LARGE_KEY"),
                        price,
                        0,
                        timeout,
                        retries,
                        4,
                        egress);
        responder =
                new RemoteResponder(
                        remote,
                        Optional.of("sk-secret"),
                        new Retry(
                                retries + 1,
                                Duration.ofMillis(2),
                                Duration.ofMillis(10),
                                Duration.ofMinutes(2),
                                new Random(1)));
    }

    public static RemoteServer patient() throws IOException {
        return new RemoteServer(5, 3, 0);
    }

    RemoteResponder responder() {
        return responder;
    }

    public void answers(int status, String body, String... headers) {
        var response = new MockResponse.Builder().code(status).body(body);
        for (int i = 0; i < headers.length; i += 2) {
            response.addHeader(headers[i], headers[i + 1]);
        }
        server.enqueue(response.build());
    }

    void says(String text) {
        answers(200, completion(text));
    }

    void answersLate(String text, long milliseconds) {
        server.enqueue(
                new MockResponse.Builder()
                        .body(completion(text))
                        .bodyDelay(milliseconds, TimeUnit.MILLISECONDS)
                        .build());
    }

    public void repeatsTheQuestionButTheFirstLate() {
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        var asked = json(request).path("messages").path(0).path("content");
                        return new MockResponse.Builder()
                                .body(completion(asked.asString()))
                                .bodyDelay(
                                        asked.asString().equals("first") ? 300 : 0,
                                        TimeUnit.MILLISECONDS)
                                .build();
                    }
                });
    }

    /// @param said to the last message
    public void replies(UnaryOperator<String> said) {
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        var messages = json(request).path("messages");
                        var last = messages.path(messages.size() - 1).path("content");
                        return new MockResponse.Builder()
                                .body(completion(said.apply(last.asString())))
                                .build();
                    }
                });
    }

    static String completion(String text) {
        return """
        {"choices": [{"index": 0, "message": {"role": "assistant", "content": %s}, "finish_reason": "stop"}],
         "usage": {"prompt_tokens": 12, "completion_tokens": 3, "prompt_tokens_details": {"cached_tokens": 4}}}
        """
                .formatted(Json.line(text));
    }

    /// How many came.
    int requests() {
        return server.getRequestCount();
    }

    /// Of all requests that came since this was asked, as they were sent.
    public List<String> bodies() throws InterruptedException {
        var bodies = new ArrayList<String>();
        var next = server.takeRequest(0, TimeUnit.SECONDS);
        while (next != null) {
            bodies.add(Optional.ofNullable(next.getBody()).orElseThrow().utf8());
            next = server.takeRequest(0, TimeUnit.SECONDS);
        }
        return bodies;
    }

    RecordedRequest request() throws InterruptedException {
        return server.takeRequest();
    }

    static JsonNode json(RecordedRequest request) {
        return Json.mapper().readTree(Optional.ofNullable(request.getBody()).orElseThrow().utf8());
    }

    static Question question(AnswerForm form) {
        return new Question(
                "q1",
                List.of(Message.system("Be brief."), Message.user("Where is my bill?")),
                form,
                Sampling.greedy(),
                Principal.local());
    }

    static Question freeText() {
        return question(new AnswerForm.FreeText(20));
    }

    @Override
    public void close() {
        responder.close();
        server.close();
    }
}
