package dev.sartor.core;

import java.util.List;

/// What shape an answer may take.
public sealed interface AnswerForm {
    /// Whatever the model says, up to a number of tokens.
    record FreeText(int maxTokens) implements AnswerForm {
        public FreeText {
            Problems.refuseUnless(
                    maxTokens >= 1,
                    "max_tokens",
                    "at least 1",
                    maxTokens,
                    "16 suits short answers");
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
}
