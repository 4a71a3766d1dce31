package dev.sartor.serve;

import dev.sartor.core.Message;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The body of a chat completion, with nothing in it that would be ignored: what this server does not do is accepted
/// with the value that changes nothing, and refused otherwise.
///
/// @param maxTokens empty leaves it to the model
/// @param stop at most four texts
/// @param includeUsage whether a stream ends with the counts of tokens
record ChatRequest(
        String model,
        List<Message> messages,
        Optional<Integer> maxTokens,
        Optional<Double> temperature,
        Optional<Double> topP,
        Optional<Long> seed,
        List<String> stop,
        boolean stream,
        boolean includeUsage) {
    private static final int MOST_STOPS = 4;

    ChatRequest {
        messages = List.copyOf(messages);
        stop = List.copyOf(stop);
    }

    /// @throws Refused with every parameter that is missing, wrong, unknown or unsupported
    static ChatRequest of(JsonNode body) {
        var complaints = new Complaints();
        var fields = new Fields(body, "", complaints);
        fields.missing("model", "a name that GET /v1/models lists");
        fields.missing("messages", "the list of messages so far");
        var stream = fields.flag("stream").orElse(false);
        var request =
                new ChatRequest(
                        fields.text("model").orElse(""),
                        fields.value("messages")
                                .map(list -> Messages.of(list, complaints))
                                .orElse(List.of()),
                        maxTokens(fields, complaints),
                        fields.number("temperature", "0 to 2", t -> t >= 0 && t <= 2),
                        fields.number("top_p", "more than 0, at most 1", p -> p > 0 && p <= 1),
                        fields.wholeNumber("seed"),
                        stop(fields, complaints),
                        stream,
                        includeUsage(fields, complaints, stream));
        acceptWhatChangesNothing(fields);
        refuseWithReasons(fields);
        fields.refuseOthers();
        complaints.throwIfAny();
        return request;
    }

    private static Optional<Integer> maxTokens(Fields fields, Complaints complaints) {
        var old = fields.count("max_tokens");
        var current = fields.count("max_completion_tokens");
        if (old.isPresent() && current.isPresent() && !old.equals(current)) {
            complaints.invalid("max_tokens", "the same as max_completion_tokens", old.get());
        }
        return current.or(() -> old);
    }

    private static List<String> stop(Fields fields, Complaints complaints) {
        return fields.value("stop")
                .map(node -> node.isArray() ? node.valueStream().toList() : List.of(node))
                .filter(texts -> areStops(texts, complaints))
                .map(texts -> texts.stream().map(JsonNode::stringValue).toList())
                .orElse(List.of());
    }

    private static boolean areStops(List<JsonNode> texts, Complaints complaints) {
        var right =
                texts.size() <= MOST_STOPS
                        && texts.stream()
                                .allMatch(text -> text.isString() && !text.stringValue().isEmpty());
        if (!right) {
            complaints.invalid(
                    "stop", "a string or up to " + MOST_STOPS + " strings, none empty", texts);
        }
        return right;
    }

    private static boolean includeUsage(Fields fields, Complaints complaints, boolean stream) {
        var node = fields.checked("stream_options", "an object", JsonNode::isObject);
        if (node.isPresent() && !stream) {
            complaints.unsupported("stream_options", "it goes with stream=true only");
        }
        return node.map(
                        options -> {
                            var inner = new Fields(options, "stream_options.", complaints);
                            var usage = inner.flag("include_usage").orElse(false);
                            inner.only("include_obfuscation", "false", Neutral::isFalse);
                            inner.refuseOthers();
                            return usage;
                        })
                .orElse(false);
    }

    private static void acceptWhatChangesNothing(Fields fields) {
        fields.only("n", "1", Neutral::isOne);
        fields.only("frequency_penalty", "0", Neutral::isZero);
        fields.only("presence_penalty", "0", Neutral::isZero);
        fields.only("logit_bias", "{}", Neutral::isEmpty);
        fields.only("logprobs", "false", Neutral::isFalse);
        fields.only("top_logprobs", "0", Neutral::isZero);
        fields.only("store", "false", Neutral::isFalse);
        fields.only("tools", "[]", Neutral::isEmpty);
        fields.only("functions", "[]", Neutral::isEmpty);
        fields.only("tool_choice", "none or auto", node -> Neutral.is(node, "none", "auto"));
        fields.only("function_call", "none or auto", node -> Neutral.is(node, "none", "auto"));
        fields.only("service_tier", "auto or default", n -> Neutral.is(n, "auto", "default"));
        fields.only("verbosity", "medium", node -> Neutral.is(node, "medium"));
        fields.only("response_format", "{\"type\": \"text\"}", Neutral::isPlainText);
        fields.only("modalities", "[\"text\"]", Neutral::isTextOnly);
        fields.only("parallel_tool_calls", "true or false", JsonNode::isBoolean);
        fields.only("metadata", "an object", JsonNode::isObject);
        fields.only("user", "a string", JsonNode::isString);
        fields.only("safety_identifier", "a string", JsonNode::isString);
        fields.only("prompt_cache_key", "a string", JsonNode::isString);
    }

    private static void refuseWithReasons(Fields fields) {
        fields.unsupported("audio", "answers are text");
        fields.unsupported("prediction", "answers are made from the messages alone");
        fields.unsupported("reasoning_effort", "the models here do not reason apart");
        fields.unsupported("web_search_options", "nothing here searches the web");
        fields.unsupported("prompt_cache_retention", "shared prefixes are kept as memory allows");
    }
}
