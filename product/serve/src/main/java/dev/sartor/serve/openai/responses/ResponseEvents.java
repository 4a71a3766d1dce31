package dev.sartor.serve.openai.responses;

import dev.sartor.core.Answer;
import dev.sartor.core.Json;
import dev.sartor.serve.http.EventStream;
import dev.sartor.serve.http.Failure;
import dev.sartor.serve.openai.Rendering;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// Sends one response as the events that OpenAI's clients put together again. Nothing is sent before the first piece of text,
/// so that a failure until then is an ordinary HTTP status.
final class ResponseEvents implements Rendering.Live {
    private final EventStream events;
    private final ResponseJson response;
    private int sequence;
    private boolean begun;

    ResponseEvents(EventStream events, ResponseJson response) {
        this.events = events;
        this.response = response;
    }

    @Override
    public Consumer<String> text(int index) {
        return piece -> {
            events.refuseIfGone();
            if (!piece.isEmpty()) {
                begin();
                var delta = ofPart("response.output_text.delta").put("delta", piece);
                delta.putArray("logprobs");
                send(delta);
            }
        };
    }

    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        send(ofResponse("response.created", response.begun()));
        send(ofResponse("response.in_progress", response.begun()));
        send(ofItem("response.output_item.added", response.emptyMessage()));
        var added = ofPart("response.content_part.added");
        added.set("part", ResponseJson.part(""));
        send(added);
    }

    @Override
    public void end(List<Answer> answers) {
        var answer = answers.getFirst();
        var whole = response.whole(answers);
        begin();
        var text = ofPart("response.output_text.done").put("text", answer.text());
        text.putArray("logprobs");
        send(text);
        var part = ofPart("response.content_part.done");
        part.set("part", ResponseJson.part(answer.text()));
        send(part);
        send(ofItem("response.output_item.done", response.message(answer)));
        send(ofResponse("response." + ResponseJson.status(answer), whole));
    }

    @Override
    public void fail(Failure failure) {
        var error = event("error").put("code", failure.code().orElse(null));
        send(error.put("message", failure.message()).put("param", failure.param().orElse(null)));
        send(ofResponse("response.failed", response.failed(failure)));
    }

    private void send(ObjectNode event) {
        events.send(event.path("type").asString(), event.put("sequence_number", sequence++));
    }

    private static ObjectNode event(String type) {
        return Json.mapper().createObjectNode().put("type", type);
    }

    private static ObjectNode ofResponse(String type, ObjectNode response) {
        var event = event(type);
        event.set("response", response);
        return event;
    }

    private static ObjectNode ofItem(String type, ObjectNode item) {
        var event = event(type).put("output_index", 0);
        event.set("item", item);
        return event;
    }

    private ObjectNode ofPart(String type) {
        return event(type)
                .put("item_id", response.messageId())
                .put("output_index", 0)
                .put("content_index", 0);
    }
}
