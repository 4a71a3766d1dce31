package dev.sartor.serve.openai;

import dev.sartor.core.Message;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import dev.sartor.serve.http.Complaints;
import dev.sartor.serve.http.Failure;
import dev.sartor.serve.http.Fields;
import dev.sartor.serve.http.Refused;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// The body of a chat completion, with nothing in it that would be ignored: what this server does not do is accepted
/// with the value that changes nothing, and refused otherwise.
///
/// @param maxTokens empty leaves it to the model
/// @param sampling without its seed
/// @param seed empty leaves it to chance
/// @param form what the answer must look like; empty leaves it to the model
/// @param answers how many are wanted, 1 to 16
/// @param includeUsage whether a stream ends with the counts of tokens
/// @param names of parameters where it came by another path
public record ChatRequest(
        String model,
        List<Message> messages,
        Optional<Integer> maxTokens,
        Sampling sampling,
        Optional<Long> seed,
        Optional<WantedForm> form,
        int answers,
        boolean stream,
        boolean includeUsage,
        Names names) {
    private static final int MOST_ANSWERS = 16;

    public ChatRequest {
        messages = List.copyOf(messages);
    }

    /// What parameters are called, for complaints.
    ///
    /// @param messages what is to be answered
    /// @param limit of the answer's tokens
    public record Names(String messages, String limit) {
        static final Names CHAT = new Names("messages", "max_tokens");

        /// Asks for an answer; one to a text that is too long names the parameter.
        <T> T naming(Supplier<T> made) {
            try {
                return made.get();
            } catch (SartorException e) {
                if (!e.isTooLong()) {
                    throw e;
                }
                throw new Refused(
                        Failure.client(
                                400,
                                String.valueOf(e.getMessage()),
                                Optional.of(messages),
                                e.code().orElseThrow()));
            }
        }
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
                        new SamplingFields(fields, complaints).read(),
                        fields.wholeNumber("seed"),
                        new FormFields(fields, complaints).read(),
                        answers(fields),
                        stream,
                        includeUsage(fields, complaints, stream),
                        Names.CHAT);
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

    private static int answers(Fields fields) {
        return fields.wholeNumber("n", "a whole number from 1 to " + MOST_ANSWERS, 1, MOST_ANSWERS)
                .orElse(1);
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
        fields.only("store", "false", Neutral::isFalse);
        fields.only("tools", "[]", Neutral::isEmpty);
        fields.only("functions", "[]", Neutral::isEmpty);
        fields.only("tool_choice", "none or auto", node -> Neutral.is(node, "none", "auto"));
        fields.only("function_call", "none or auto", node -> Neutral.is(node, "none", "auto"));
        fields.only("service_tier", "auto or default", n -> Neutral.is(n, "auto", "default"));
        fields.only("verbosity", "medium", node -> Neutral.is(node, "medium"));
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
