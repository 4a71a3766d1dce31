package dev.sartor.serve.openai.responses;

import dev.sartor.core.Answer;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.serve.http.EventStream;
import dev.sartor.serve.http.Failure;
import dev.sartor.serve.openai.Extras;
import dev.sartor.serve.openai.Rendering;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of one response, whole or in events.
///
/// @param id of the request
/// @param created seconds since 1970
/// @param prompt the id of the version of a task's prompt that answers
record ResponseJson(String id, long created, ResponseRequest request, Optional<String> prompt)
        implements Rendering {
    @Override
    public ObjectNode whole(List<Answer> answers) {
        var answer = answers.getFirst();
        var whole = head(status(answer));
        if (answer.finish() == Answer.Finish.LENGTH) {
            whole.putObject("incomplete_details").put("reason", "max_output_tokens");
        }
        whole.putArray("output").add(message(answer));
        whole.set("usage", usage(answer.usage()));
        return whole;
    }

    @Override
    public Live live(EventStream events) {
        return new ResponseEvents(events, this);
    }

    static String status(Answer answer) {
        return switch (answer.finish()) {
            case STOP -> "completed";
            case LENGTH -> "incomplete";
            case CANCELLED ->
                    throw SartorException.missing("the answer was cancelled before its end");
        };
    }

    /// Before anything is said.
    ObjectNode begun() {
        return head("in_progress");
    }

    ObjectNode failed(Failure failure) {
        var whole = head("failed");
        whole.putObject("error")
                .put("code", failure.code().orElse(failure.type()))
                .put("message", failure.message());
        return whole;
    }

    String messageId() {
        return "msg_" + id;
    }

    /// The message before its text.
    ObjectNode emptyMessage() {
        var message = object().put("type", "message").put("id", messageId());
        message.put("status", "in_progress").put("role", "assistant").putArray("content");
        return message;
    }

    ObjectNode message(Answer answer) {
        var message = object().put("type", "message").put("id", messageId());
        message.put("status", status(answer)).put("role", "assistant");
        message.putArray("content").add(part(answer.text()));
        Extras.into(message, answer);
        return message;
    }

    static ObjectNode part(String text) {
        var part = object().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        part.putArray("logprobs");
        return part;
    }

    /// Tokens that are written to a cache are not counted apart, as nobody pays for them.
    private static ObjectNode usage(Answer.Usage usage) {
        int in = usage.promptTokens();
        int out = usage.completionTokens();
        var node = object().put("input_tokens", in);
        node.putObject("input_tokens_details")
                .put("cached_tokens", usage.cachedTokens())
                .put("cache_write_tokens", 0);
        node.put("output_tokens", out);
        node.putObject("output_tokens_details").put("reasoning_tokens", 0);
        return node.put("total_tokens", in + out);
    }

    /// All that a response says whatever becomes of it.
    private ObjectNode head(String status) {
        var asked = request.asked();
        var head = object().put("id", "resp_" + id).put("object", "response");
        head.put("created_at", created).put("status", status).put("model", asked.model());
        head.putNull("error").putNull("incomplete_details");
        head.put("instructions", request.instructions().orElse(null));
        head.put("max_output_tokens", asked.maxTokens().orElse(null));
        head.putArray("output");
        head.put("parallel_tool_calls", true).putNull("previous_response_id");
        head.put("store", false).put("temperature", asked.sampling().temperature());
        var text = head.putObject("text");
        request.format()
                .ifPresentOrElse(
                        format -> text.set("format", format),
                        () -> text.putObject("format").put("type", "text"));
        head.put("tool_choice", "auto").putArray("tools");
        head.put("top_p", asked.sampling().truncation().topP()).put("truncation", "disabled");
        head.putNull("usage").put("user", request.user().orElse(null));
        request.metadata()
                .ifPresentOrElse(
                        metadata -> head.set("metadata", metadata),
                        () -> head.putObject("metadata"));
        prompt.ifPresent(version -> head.put("system_fingerprint", "prompt-" + version));
        return head;
    }

    private static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }
}
