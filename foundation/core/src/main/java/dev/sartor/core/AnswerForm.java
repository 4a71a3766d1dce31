package dev.sartor.core;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/// What shape an answer may take. A form with a limit of tokens is never cut by it, but for free text: the answer comes to
/// its end within the limit, and a limit too small for any answer of that form is a user's error.
public sealed interface AnswerForm {
    /// Whatever the model says, up to a number of tokens.
    record FreeText(int maxTokens) implements AnswerForm {
        public FreeText {
            check(maxTokens);
        }
    }

    /// Exactly one of these; the model chooses by likelihood.
    record OneOf(List<String> labels) implements AnswerForm {
        public OneOf {
            labels = List.copyOf(labels);
            Problems.refuseUnless(
                    !labels.isEmpty(),
                    "labels",
                    "at least one",
                    labels,
                    "name the possible answers");
        }
    }

    /// Text that a regular expression matches as a whole.
    ///
    /// @param regex in the syntax that Java and ECMAScript share, without look-around and back-references
    record Matching(String regex, int maxTokens) implements AnswerForm {
        public Matching {
            check(maxTokens);
        }
    }

    /// JSON that a schema describes.
    ///
    /// @param schema JSON Schema, draft 2020-12 or older; `true` allows any JSON
    record JsonText(JsonNode schema, int maxTokens) implements AnswerForm {
        public JsonText {
            check(maxTokens);
        }

        /// Any JSON value.
        public static JsonText any(int maxTokens) {
            return new JsonText(BooleanNode.TRUE, maxTokens);
        }

        /// Any JSON object.
        public static JsonText object(int maxTokens) {
            var schema = Json.mapper().createObjectNode().put("type", "object");
            return new JsonText(schema, maxTokens);
        }
    }

    private static void check(int maxTokens) {
        Problems.refuseUnless(
                maxTokens >= 1, "max_tokens", "at least 1", maxTokens, "16 suits short answers");
    }
}
