package dev.sartor.serve.openai.responses;

import dev.sartor.serve.Limits;
import dev.sartor.serve.http.Body;
import dev.sartor.serve.http.Caller;
import dev.sartor.serve.openai.Answering;
import io.javalin.http.Context;
import java.time.Clock;

/// `POST /v1/responses`, without anything that is kept: `store` is false.
public final class ResponsesEndpoint {
    private final Answering answering;
    private final Limits limits;
    private final Clock clock;

    public ResponsesEndpoint(Answering answering, Limits limits, Clock clock) {
        this.answering = answering;
        this.limits = limits;
        this.clock = clock;
    }

    public void answer(Context context) {
        var request = ResponseRequest.of(Body.object(context, limits.bodyBytes()));
        var id = Caller.of(context).requestId();
        answering.answer(
                context,
                request.asked(),
                model ->
                        new ResponseJson(
                                id, clock.instant().getEpochSecond(), request, model.prompt()));
    }
}
