package dev.sartor.serve.openai;

import dev.sartor.serve.Limits;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.http.Body;
import dev.sartor.serve.http.Caller;
import io.javalin.http.Context;
import java.time.Clock;

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
        answering.answer(context, request, model -> completion(context, request, model));
    }

    private Completion completion(Context context, ChatRequest request, ServedModel model) {
        return new Completion(
                "chatcmpl-" + Caller.of(context).requestId(),
                clock.instant().getEpochSecond(),
                request.model(),
                model.prompt(),
                request.includeUsage());
    }
}
