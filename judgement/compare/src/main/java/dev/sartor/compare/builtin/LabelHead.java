package dev.sartor.compare.builtin;

import dev.sartor.classify.LogisticRegression;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.core.Example;
import java.util.List;
import java.util.stream.Collectors;

/// Logistic regression on vectors of a task's training examples, its strength chosen by cross-validation over them.
///
/// @param labels those that a training example has, in the classifier's order
record LabelHead(List<String> labels, LogisticRegression classifier) {
    /// scikit-learn's usual one is 1e-4, which leaves some weights open in their third digit.
    private static final double TOLERANCE = 1e-6;

    /// @param vectors of the training examples, in their order
    static LabelHead fit(Planned planned, List<float[]> vectors, Workbench workbench) {
        var labels = learned(planned);
        var answers = answers(planned, labels);
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

    /// The task's labels that a training example has.
    static List<String> learned(Planned planned) {
        var references =
                planned.data().train().stream().map(Example::reference).collect(Collectors.toSet());
        return planned.data().task().labels().stream().filter(references::contains).toList();
    }

    /// The place of each training example's label among these.
    static int[] answers(Planned planned, List<String> labels) {
        return planned.data().train().stream()
                .mapToInt(each -> labels.indexOf(each.reference()))
                .toArray();
    }

    /// Says the likeliest label, of all of the task's.
    LabelRule rule(Planned planned) {
        return new LabelRule(
                planned.data().task().labels(),
                labels,
                seen -> classifier.logProbabilities(seen.vector()));
    }
}
