package dev.sartor.compare.builtin;

import dev.sartor.classify.LogisticRegression;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.core.Example;
import java.util.List;

/// Logistic regression on vectors of a task's training examples, its strength chosen by cross-validation over them.
///
/// @param labels those that a training example has, in the classifier's order
record LabelHead(List<String> labels, LogisticRegression classifier) {
    /// scikit-learn's usual one is 1e-4, which leaves some weights open in their third digit.
    private static final double TOLERANCE = 1e-6;

    /// @param vectors of the training examples, in their order
    static LabelHead fit(Planned planned, List<float[]> vectors, Workbench workbench) {
        var references = planned.data().train().stream().map(Example::reference).toList();
        var labels = planned.data().task().labels().stream().filter(references::contains).toList();
        var answers = references.stream().mapToInt(labels::indexOf).toArray();
        var fitted =
                LogisticRegression.crossValidated(
                        vectors, answers, labels.size(), planned.seed(), TOLERANCE);
        if (!fitted.isConverged()) {
            workbench.say(
                    planned.settings().name()
                            + ": "
                            + planned.candidate()
                            + " did not converge in "
                            + LogisticRegression.MOST_STEPS
                            + " steps; its weights are those of the last one");
        }
        return new LabelHead(labels, fitted);
    }

    /// Says the likeliest label, of all of the task's.
    LabelRule rule(Planned planned) {
        return new LabelRule(planned.data().task().labels(), labels, classifier::logProbabilities);
    }
}
