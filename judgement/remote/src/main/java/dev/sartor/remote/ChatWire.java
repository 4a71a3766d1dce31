package dev.sartor.remote;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Json;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Questions and answers as OpenAI's chat completions API writes them.
final class ChatWire {
    private static final int TOKENS_FOR_A_LABEL = 32;

    private final String model;

    ChatWire(String model) {
        this.model = model;
    }

    /// Only what differs from the API's defaults is sent: servers refuse parameters that they do not know.
    String request(Question question, boolean streamed) {
        var body = Json.mapper().createObjectNode();
        body.put("model", model);
        var messages = body.putArray("messages");
        for (var message : question.messages()) {
            messages.addObject()
                    .put("role", message.role().wireName())
                    .put("content", message.content());
        }
        var sampling = question.sampling();
        body.put("temperature", sampling.temperature());
        put(body, sampling);
        if (sampling.temperature() > 0) {
            body.put("seed", sampling.seed());
        }
        body.put("max_tokens", limit(question.form()));
        if (question.form() instanceof AnswerForm.JsonText(JsonNode schema, int ignored)) {
            var format = body.putObject("response_format").put("type", "json_schema");
            format.putObject("json_schema").put("name", "answer").set("schema", schema);
        }
        if (streamed) {
            body.put("stream", true);
            body.putObject("stream_options").put("include_usage", true);
        }
        return Json.line(body);
    }

    private static void put(ObjectNode body, Sampling sampling) {
        if (sampling.truncation().topP() < 1) {
            body.put("top_p", sampling.truncation().topP());
        }
        if (sampling.penalties().frequency() != 0) {
            body.put("frequency_penalty", sampling.penalties().frequency());
        }
        if (sampling.penalties().presence() != 0) {
            body.put("presence_penalty", sampling.penalties().presence());
        }
        if (!sampling.stop().isEmpty()) {
            sampling.stop().forEach(body.putArray("stop")::add);
        }
        refuseWhatTheApiLacks(sampling);
    }

    private static void refuseWhatTheApiLacks(Sampling sampling) {
        var lacks =
                sampling.truncation().topK() > 0
                        ? "top_k"
                        : sampling.truncation().minP() > 0
                                ? "min_p"
                                : sampling.penalties().repetition() != 1
                                        ? "repetition_penalty"
                                        : !sampling.logitBias().isEmpty()
                                                ? "logit_bias"
                                                : sampling.topLogProbabilities().isPresent()
                                                        ? "top_logprobs"
                                                        : "";
        if (!lacks.isEmpty()) {
            throw SartorException.user(
                    lacks + " cannot be sent to a remote model: leave it out for this candidate");
        }
    }

    private static int limit(AnswerForm form) {
        return switch (form) {
            case AnswerForm.FreeText(int maxTokens) -> maxTokens;
            case AnswerForm.OneOf ignored -> TOKENS_FOR_A_LABEL;
            case AnswerForm.JsonText(var ignored, int maxTokens) -> maxTokens;
            case AnswerForm.Matching ignored ->
                    throw SartorException.user(
                            "a remote model cannot be held to a regular expression: ask it for free text"
                                    + " or for JSON");
        };
    }

    /// Empty where the body is no chat completion.
    static Optional<Answer> answer(String body) {
        try {
            var root = Json.mapper().readTree(body);
            var choice = root.path("choices").path(0);
            var content = choice.path("message").path("content");
            if (!content.isString()) {
                return Optional.empty();
            }
            return Optional.of(
                    new Answer(
                            content.asString(),
                            finish(choice.path("finish_reason").asString("")),
                            usage(root.path("usage")),
                            List.of(),
                            Map.of(),
                            0));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// One event of a stream; empty where the data is no chunk.
    static Optional<JsonNode> chunk(String data) {
        try {
            var root = Json.mapper().readTree(data);
            return root instanceof ObjectNode && root.path("choices").isArray()
                    ? Optional.of(root)
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    static Answer.Finish finish(String reason) {
        return reason.equals("length") ? Answer.Finish.LENGTH : Answer.Finish.STOP;
    }

    static Answer.Usage usage(JsonNode usage) {
        return new Answer.Usage(
                usage.path("prompt_tokens").asInt(0),
                usage.path("prompt_tokens_details").path("cached_tokens").asInt(0),
                usage.path("completion_tokens").asInt(0));
    }
}
