package dev.sartor.serve;

import dev.sartor.core.Answer;
import dev.sartor.core.Json;
import dev.sartor.core.Passage;
import dev.sartor.core.SartorException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of one chat completion, whole or in chunks. Some clients throw at a chunk without id, created or model.
///
/// @param created seconds since 1970
/// @param withUsage whether chunks have a place for the counts of tokens, filled in the last one only
record Completion(String id, long created, String model, boolean withUsage) {
    private static final String SOURCES = "sources";

    ObjectNode whole(Answer answer) {
        var message = object().put("role", "assistant").put("content", answer.text());
        message.putNull("refusal");
        if (!answer.passages().isEmpty()) {
            message.set(SOURCES, sources(answer.passages()));
        }
        var choice = object().put("index", 0);
        choice.set("message", message);
        choice.put("finish_reason", finish(answer)).putNull("logprobs");
        var whole = head("chat.completion");
        whole.set("choices", array().add(choice));
        whole.set("usage", usage(answer.usage()));
        return whole;
    }

    ObjectNode firstChunk() {
        var delta = object().put("role", "assistant").put("content", "").putNull("refusal");
        return chunk(delta, null);
    }

    ObjectNode chunk(String text) {
        return chunk(object().put("content", text), null);
    }

    /// Ends the text; the sources of an answer with retrieval stand in its delta.
    ObjectNode lastChunk(Answer answer) {
        var delta = object();
        if (!answer.passages().isEmpty()) {
            delta.set(SOURCES, sources(answer.passages()));
        }
        return chunk(delta, finish(answer));
    }

    ObjectNode usageChunk(Answer answer) {
        var chunk = head("chat.completion.chunk");
        chunk.set("choices", array());
        chunk.set("usage", usage(answer.usage()));
        return chunk;
    }

    private ObjectNode chunk(ObjectNode delta, @Nullable String finish) {
        var choice = object().put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", finish).putNull("logprobs");
        var chunk = head("chat.completion.chunk");
        chunk.set("choices", array().add(choice));
        if (withUsage) {
            chunk.putNull("usage");
        }
        return chunk;
    }

    private ObjectNode head(String object) {
        return object().put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model);
    }

    private static String finish(Answer answer) {
        return switch (answer.finish()) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case CANCELLED ->
                    throw SartorException.missing("the answer was cancelled before its end");
        };
    }

    private static ObjectNode usage(Answer.Usage usage) {
        var node =
                object().put("prompt_tokens", usage.promptTokens())
                        .put("completion_tokens", usage.completionTokens())
                        .put("total_tokens", usage.promptTokens() + usage.completionTokens());
        node.set("prompt_tokens_details", object().put("cached_tokens", usage.cachedTokens()));
        return node;
    }

    private static ArrayNode sources(List<Passage> passages) {
        var list = array();
        passages.forEach(passage ->
                list.add(
                        object().put("document", passage.document())
                                .put("section", passage.section())
                                .put("text", passage.text())
                                .put("score", passage.score())));
        return list;
    }

    private static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }

    private static ArrayNode array() {
        return Json.mapper().createArrayNode();
    }
}
