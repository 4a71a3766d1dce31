package dev.sartor.serve.openai;

import dev.sartor.serve.http.Complaints;
import dev.sartor.serve.http.Fields;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The body of an embeddings request.
///
/// @param base64 whether vectors are sent as little-endian 32-bit floats in base64, as most clients ask
/// @param dimension the width that the client counts on
record EmbeddingsRequest(
        String model, List<String> texts, boolean base64, Optional<Integer> dimension) {
    private static final int MOST_TEXTS = 2048;
    private static final String RULE =
            "a string or a list of 1 to " + MOST_TEXTS + " strings, none empty";

    EmbeddingsRequest {
        texts = List.copyOf(texts);
    }

    /// @throws Refused with every parameter that is missing, wrong, unknown or unsupported
    static EmbeddingsRequest of(JsonNode body) {
        var complaints = new Complaints();
        var fields = new Fields(body, "", complaints);
        fields.missing("model", "a name that GET /v1/models lists");
        fields.missing("input", RULE);
        var request =
                new EmbeddingsRequest(
                        fields.text("model").orElse(""),
                        fields.value("input")
                                .map(input -> texts(input, complaints))
                                .orElse(List.of()),
                        fields.checked(
                                        "encoding_format",
                                        "float or base64",
                                        node -> Neutral.is(node, "float", "base64"))
                                .filter(node -> Neutral.is(node, "base64"))
                                .isPresent(),
                        fields.count("dimensions"));
        fields.only("user", "a string", JsonNode::isString);
        fields.refuseOthers();
        complaints.throwIfAny();
        return request;
    }

    private static List<String> texts(JsonNode input, Complaints complaints) {
        if (input.isArray() && !input.isEmpty() && isTokens(input.get(0))) {
            complaints.unsupported(
                    "input", "tokens are of the model's own making; send the texts themselves");
            return List.of();
        }
        var nodes = input.isArray() ? input.valueStream().toList() : List.of(input);
        var texts =
                nodes.stream()
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .filter(text -> !text.isEmpty())
                        .toList();
        if (texts.size() != nodes.size() || texts.isEmpty() || texts.size() > MOST_TEXTS) {
            complaints.invalid("input", RULE, shown(input));
        }
        return texts;
    }

    private static boolean isTokens(JsonNode first) {
        return first.isNumber() || first.isArray();
    }

    private static String shown(JsonNode input) {
        return input.isArray() ? "a list of " + input.size() : input.toString();
    }
}
