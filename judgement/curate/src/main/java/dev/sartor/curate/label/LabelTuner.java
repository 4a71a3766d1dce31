package dev.sartor.curate.label;

import java.util.List;

/// Fine-tunes a model on labelled texts, and asks it for others.
@FunctionalInterface
public interface LabelTuner {
    /// @param texts to learn from, at least one of each name
    /// @param labels of each text, one of the names
    /// @param asked other texts
    /// @param seed of the training
    /// @return asked × names, probabilities
    double[][] probabilities(
            List<String> texts,
            List<String> labels,
            List<String> names,
            List<String> asked,
            long seed);
}
