package dev.sartor.core;

import java.util.List;
import java.util.Optional;

/// What the user wants done.
///
/// @param instruction what a person would be told, in one or a few sentences
/// @param labels the possible answers of a classification; empty for free text
/// @param metric a name that the evaluate room knows, such as `accuracy` or `token_f1`
/// @param target the least score worth shipping, 0 to 1
/// @param margin how much worse than the best is still good enough, 0 to 1
/// @param unanswerable the right answer where there is none, such as `I don't know`
public record Task(
        String name,
        String instruction,
        List<String> labels,
        String metric,
        Optional<Double> target,
        double margin,
        Optional<String> unanswerable,
        int maxAnswerTokens) {
    public Task {
        labels = List.copyOf(labels);
    }

    public boolean isClassification() {
        return !labels.isEmpty();
    }

    /// One of the labels, or free text.
    public AnswerForm form() {
        return isClassification()
                ? new AnswerForm.OneOf(labels)
                : new AnswerForm.FreeText(maxAnswerTokens);
    }
}
