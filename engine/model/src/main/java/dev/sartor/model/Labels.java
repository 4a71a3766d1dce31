package dev.sartor.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The classes that a model tells apart, in the order of its logits.
public record Labels(List<String> names, Problem problem) {
    /// How logits become probabilities.
    public enum Problem {
        /// Exactly one class is right: the softmax over all.
        SINGLE_LABEL,
        /// Each class is right or not by itself: a sigmoid each.
        MULTI_LABEL,
        /// The logits are the values themselves.
        REGRESSION
    }

    /// What transformers takes where config.json names neither labels nor their number.
    private static final int USUAL = 2;

    public Labels {
        names = List.copyOf(names);
    }

    public static Labels of(ModelConfig config) {
        var names = names(config);
        return new Labels(names, problem(config, names.size()));
    }

    private static List<String> names(ModelConfig config) {
        if (!config.has("id2label")) {
            return IntStream.range(0, config.integer("num_labels", USUAL))
                    .mapToObj(i -> "LABEL_" + i)
                    .toList();
        }
        var labels = config.under("id2label");
        var names = new ArrayList<String>();
        while (labels.has(String.valueOf(names.size()))) {
            names.add(labels.text(String.valueOf(names.size())));
        }
        return names;
    }

    /// As transformers' text-classification pipeline: without a stated problem one class stands by itself, several
    /// exclude each other.
    private static Problem problem(ModelConfig config, int classes) {
        if (!config.has("problem_type")) {
            return classes == 1 ? Problem.MULTI_LABEL : Problem.SINGLE_LABEL;
        }
        return switch (config.text("problem_type")) {
            case "single_label_classification" -> Problem.SINGLE_LABEL;
            case "multi_label_classification" -> Problem.MULTI_LABEL;
            case "regression" -> Problem.REGRESSION;
            default ->
                    throw config.unsupported(
                            "problem_type must be single_label_classification,"
                                    + " multi_label_classification or regression, got "
                                    + config.text("problem_type"));
        };
    }
}
