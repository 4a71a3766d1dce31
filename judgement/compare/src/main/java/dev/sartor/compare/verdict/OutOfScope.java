package dev.sartor.compare.verdict;

import dev.sartor.compare.run.Scope;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.evaluate.statistics.RocArea;
import java.util.List;
import java.util.Optional;

/// How a candidate tells the test examples that fit none of a task's other labels from the rest.
///
/// @param label the task's for them
/// @param rows how many there are
/// @param found the share of them that it answers with the label
/// @param falseAlarms the share of the others that it answers with the label
/// @param auroc the area under the receiver operating characteristic of how probable it takes it to be that a label fits: the
///     chance that this is less for one of them than for one of the others; empty where it has no confidence
public record OutOfScope(
        String label, int rows, double found, double falseAlarms, Optional<Double> auroc) {
    /// Empty where the task has no such label, or the test examples hold none or nothing else.
    static Optional<OutOfScope> of(Optional<Scope> scope, List<StoredAnswer> answers) {
        return scope.flatMap(by -> {
            var out = answers.stream().filter(each -> isOut(each, by.label())).toList();
            var rest = answers.stream().filter(each -> !isOut(each, by.label())).toList();
            return out.isEmpty() || rest.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new OutOfScope(
                                    by.label(),
                                    out.size(),
                                    said(out, by.label()),
                                    said(rest, by.label()),
                                    auroc(out, rest)));
        });
    }

    private static boolean isOut(StoredAnswer answer, String label) {
        return answer.references().contains(label);
    }

    private static double said(List<StoredAnswer> answers, String label) {
        return (double) answers.stream().filter(each -> each.answer().equals(label)).count()
                / answers.size();
    }

    private static Optional<Double> auroc(List<StoredAnswer> out, List<StoredAnswer> rest) {
        return out.stream().anyMatch(each -> each.confidence().isEmpty())
                        || rest.stream().anyMatch(each -> each.confidence().isEmpty())
                ? Optional.empty()
                : Optional.of(RocArea.of(confidences(rest), confidences(out)));
    }

    private static double[] confidences(List<StoredAnswer> answers) {
        return answers.stream().mapToDouble(StoredAnswer::fits).toArray();
    }
}
