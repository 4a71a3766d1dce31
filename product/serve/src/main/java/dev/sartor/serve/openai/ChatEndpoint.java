package dev.sartor.serve.openai;

import dev.sartor.serve.Limits;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.http.Body;
import dev.sartor.serve.http.Caller;
import dev.sartor.serve.http.Complaints;
import dev.sartor.serve.http.Trail;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// `POST /v1/chat/completions`.
public final class ChatEndpoint {
    private final Answering answering;
    private final Limits limits;
    private final Clock clock;

    public ChatEndpoint(Answering answering, Limits limits, Clock clock) {
        this.answering = answering;
        this.limits = limits;
        this.clock = clock;
    }

    public void answer(Context context) {
        var request = ChatRequest.of(Body.object(context, limits.bodyBytes()));
        var caller = Caller.of(context);
        answering.answer(context, request, model -> completion(caller, request, model));
    }

    /// Answers a request that nobody waits for, where there is a place and nobody waits for one.
    ///
    /// @return the completion; empty where it was not begun
    public Optional<JsonNode> answerLater(JsonNode body, Caller caller, Trail trail) {
        var request = ChatRequest.of(body);
        if (request.stream()) {
            var complaints = new Complaints();
            complaints.unsupported("stream", "a batch is answered in a file");
            complaints.throwIfAny();
        }
        return answering.answerLater(
                request, caller, trail, model -> completion(caller, request, model));
    }

    private Completion completion(Caller caller, ChatRequest request, ServedModel model) {
        return new Completion(
                "chatcmpl-" + caller.requestId(),
                clock.instant().getEpochSecond(),
                request.model(),
                model.prompt(),
                request.includeUsage());
    }
}
