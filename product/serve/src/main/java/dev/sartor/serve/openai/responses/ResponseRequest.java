package dev.sartor.serve.openai.responses;

import dev.sartor.core.Message;
import dev.sartor.core.Role;
import dev.sartor.core.Sampling;
import dev.sartor.core.Truncation;
import dev.sartor.serve.http.Complaints;
import dev.sartor.serve.http.Fields;
import dev.sartor.serve.openai.ChatRequest;
import dev.sartor.serve.openai.FormFields;
import dev.sartor.serve.openai.Neutral;
import dev.sartor.serve.openai.WantedForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The body of a request for a response, with nothing in it that would be ignored: what this server does not do is accepted
/// with the value that changes nothing, and refused otherwise. Nothing is kept, so that nothing can be gone on from.
///
/// @param asked what is asked, as a chat completion would ask it
/// @param instructions before the input; empty where there are none
/// @param format as it was asked for, to be said again; empty for free text
/// @param metadata to be said again; empty where there is none
/// @param user to be said again
record ResponseRequest(
        ChatRequest asked,
        Optional<String> instructions,
        Optional<JsonNode> format,
        Optional<JsonNode> metadata,
        Optional<String> user) {
    private static final ChatRequest.Names NAMES =
            new ChatRequest.Names("input", "max_output_tokens");

    /// @throws Refused with every parameter that is missing, wrong, unknown or unsupported
    static ResponseRequest of(JsonNode body) {
        var complaints = new Complaints();
        var fields = new Fields(body, "", complaints);
        fields.missing("model", "a name that GET /v1/models lists");
        fields.missing("input", "a text, or the list of messages so far");
        var instructions = fields.text("instructions");
        var text = fields.checked("text", "an object", JsonNode::isObject);
        var asked =
                new ChatRequest(
                        fields.text("model").orElse(""),
                        messages(fields, instructions, complaints),
                        fields.count("max_output_tokens"),
                        sampling(fields),
                        Optional.empty(),
                        text.flatMap(node -> form(node, complaints)),
                        1,
                        fields.flag("stream").orElse(false),
                        false,
                        NAMES);
        streamOptions(fields, complaints, asked.stream());
        var metadata = fields.checked("metadata", "an object of texts", ResponseRequest::areTexts);
        var user = fields.text("user");
        acceptWhatChangesNothing(fields);
        refuseWithReasons(fields);
        fields.refuseOthers();
        complaints.throwIfAny();
        return new ResponseRequest(
                asked,
                instructions,
                text.map(node -> node.path("format")).filter(JsonNode::isObject),
                metadata,
                user);
    }

    private static List<Message> messages(
            Fields fields, Optional<String> instructions, Complaints complaints) {
        var messages = new ArrayList<Message>();
        instructions.ifPresent(text -> messages.add(new Message(Role.SYSTEM, text)));
        fields.value("input").ifPresent(input -> messages.addAll(InputItems.of(input, complaints)));
        return messages;
    }

    private static Sampling sampling(Fields fields) {
        var temperature = fields.number("temperature", "0 to 2", t -> t >= 0 && t <= 2);
        var topP = fields.number("top_p", "more than 0, at most 1", p -> p > 0 && p <= 1);
        return Sampling.greedy()
                .withTemperature(temperature.orElse(0.0))
                .with(new Truncation(0, topP.orElse(1.0), 0.0));
    }

    private static Optional<WantedForm> form(JsonNode text, Complaints complaints) {
        var fields = new Fields(text, "text.", complaints);
        var form = new FormFields(fields, complaints).textFormat();
        fields.only("verbosity", "medium", node -> Neutral.is(node, "medium"));
        fields.refuseOthers();
        return form;
    }

    private static void streamOptions(Fields fields, Complaints complaints, boolean stream) {
        var options = fields.checked("stream_options", "an object", JsonNode::isObject);
        if (options.isPresent() && !stream) {
            complaints.unsupported("stream_options", "it goes with stream=true only");
        }
        options.ifPresent(node -> {
            var inner = new Fields(node, "stream_options.", complaints);
            inner.only("include_obfuscation", "false", Neutral::isFalse);
            inner.refuseOthers();
        });
    }

    private static boolean areTexts(JsonNode node) {
        return node.isObject() && node.valueStream().allMatch(JsonNode::isString);
    }

    private static void acceptWhatChangesNothing(Fields fields) {
        fields.only("store", "false: no response is kept here", Neutral::isFalse);
        fields.only("background", "false", Neutral::isFalse);
        fields.only("tools", "[]: nothing here calls tools", Neutral::isEmpty);
        fields.only("include", "[]", Neutral::isEmpty);
        fields.only("tool_choice", "none or auto", node -> Neutral.is(node, "none", "auto"));
        fields.only("truncation", "disabled", node -> Neutral.is(node, "disabled"));
        fields.only("service_tier", "auto or default", n -> Neutral.is(n, "auto", "default"));
        fields.only("parallel_tool_calls", "true or false", JsonNode::isBoolean);
        fields.only("safety_identifier", "a string", JsonNode::isString);
        fields.only("prompt_cache_key", "a string", JsonNode::isString);
    }

    private static void refuseWithReasons(Fields fields) {
        fields.unsupported(
                "previous_response_id",
                "no response is kept here; send the messages so far as input");
        fields.unsupported(
                "conversation", "no conversation is kept here; send the messages so far as input");
        fields.unsupported("prompt", "no prompts are kept here by an id; send instructions");
        fields.unsupported("reasoning", "the models here do not reason apart");
        fields.unsupported("max_tool_calls", "nothing here calls tools");
        fields.unsupported("context_management", "no conversation is kept here");
        fields.unsupported("top_logprobs", "ask /v1/chat/completions for log-probabilities");
        fields.unsupported("prompt_cache_retention", "shared prefixes are kept as memory allows");
    }
}
