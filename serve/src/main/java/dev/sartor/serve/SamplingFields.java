package dev.sartor.serve;

import dev.sartor.core.Penalties;
import dev.sartor.core.Sampling;
import dev.sartor.core.Truncation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads how an answer is to be drawn: OpenAI's parameters, and top_k, min_p and repetition_penalty as other servers name
/// them. Left out, an answer is the likeliest text.
final class SamplingFields {
    private static final int MOST_STOPS = 4;
    private static final int MOST_LOG_PROBABILITIES = 20;

    private final Fields fields;
    private final Complaints complaints;

    SamplingFields(Fields fields, Complaints complaints) {
        this.fields = fields;
        this.complaints = complaints;
    }

    /// Without the seed, which is drawn where none was sent.
    Sampling read() {
        var sampling =
                Sampling.greedy()
                        .withTemperature(number("temperature", "0 to 2", 0, 2).orElse(0.0))
                        .with(truncation())
                        .with(penalties())
                        .withLogitBias(logitBias())
                        .withStop(stop());
        return logProbabilities().map(sampling::withTopLogProbabilities).orElse(sampling);
    }

    private Optional<Double> number(String name, String rule, double low, double high) {
        return fields.number(name, rule, value -> value >= low && value <= high);
    }

    private Truncation truncation() {
        var topP = fields.number("top_p", "more than 0, at most 1", p -> p > 0 && p <= 1);
        var minP = number("min_p", "0 to 1", 0, 1);
        var topK =
                fields.wholeNumber(
                        "top_k",
                        "a whole number from 1, or 0 or -1 for all tokens",
                        -1,
                        Integer.MAX_VALUE);
        return new Truncation(
                topK.map(k -> Math.max(0, k)).orElse(0), topP.orElse(1.0), minP.orElse(0.0));
    }

    private Penalties penalties() {
        var repetition =
                fields.number(
                        "repetition_penalty", "more than 0, at most 10", p -> p > 0 && p <= 10);
        return new Penalties(
                repetition.orElse(1.0),
                number("frequency_penalty", "-2 to 2", -2, 2).orElse(0.0),
                number("presence_penalty", "-2 to 2", -2, 2).orElse(0.0));
    }

    private Map<Integer, Double> logitBias() {
        var bias = new HashMap<Integer, Double>();
        fields.checked("logit_bias", "an object of tokens' numbers and biases", JsonNode::isObject)
                .ifPresent(object ->
                        object.forEachEntry((token, value) -> {
                            boolean right =
                                    token.matches("0|[1-9][0-9]{0,8}")
                                            && value.isNumber()
                                            && Math.abs(Fields.real(value)) <= 100;
                            if (right) {
                                bias.put(Integer.parseInt(token), value.doubleValue());
                            } else {
                                complaints.invalid(
                                        "logit_bias",
                                        "of tokens' numbers, with biases of -100 to 100",
                                        object);
                            }
                        }));
        return bias;
    }

    private List<String> stop() {
        return fields.value("stop")
                .map(node -> node.isArray() ? node.valueStream().toList() : List.of(node))
                .filter(this::areStops)
                .map(texts -> texts.stream().map(JsonNode::stringValue).toList())
                .orElse(List.of());
    }

    private boolean areStops(List<JsonNode> texts) {
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

    private Optional<Integer> logProbabilities() {
        boolean wanted = fields.flag("logprobs").orElse(false);
        var top =
                fields.wholeNumber(
                        "top_logprobs",
                        "a whole number from 0 to " + MOST_LOG_PROBABILITIES,
                        0,
                        MOST_LOG_PROBABILITIES);
        if (!wanted && top.orElse(0) > 0) {
            complaints.invalid("top_logprobs", "sent with logprobs=true", top.get());
        }
        return wanted ? Optional.of(top.orElse(0)) : Optional.empty();
    }
}
