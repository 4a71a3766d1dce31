package dev.sartor.compare.confidence;

import dev.sartor.classify.LogisticScaling;
import dev.sartor.classify.TemperatureScaling;
import dev.sartor.compare.run.Calibration;
import dev.sartor.compare.run.Confidence;
import dev.sartor.core.Answer;
import dev.sartor.core.Example;
import dev.sartor.core.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How sure a candidate is of the label that it gives, made a probability on validation. Candidates that give no scores of labels,
/// as remote models, have none.
public final class LabelConfidence {
    /// With fewer rows a temperature says more of the rows than of the candidate.
    public static final int LEAST_ROWS = 30;

    /// With fewer examples that fit no label nothing is learned of how these look.
    private static final int LEAST_OUT_OF_SCOPE = 10;

    /// Odds are told apart up to this and its inverse.
    private static final double LEAST_ODDS = 1e-12;

    private static final int SCOPE_WEIGHTS_WITH_NEARNESS = 4;

    private final Task task;
    private final Optional<String> outOfScope;

    /// @param outOfScope the label that says nothing of a candidate's confidence in the others
    public LabelConfidence(Task task, Optional<String> outOfScope) {
        this.task = task;
        this.outOfScope = outOfScope;
    }

    /// Empty where an answer has no scores.
    ///
    /// @param examples at least {@link #LEAST_ROWS}
    public Optional<Calibration> calibrated(List<Example> examples, List<Answer> answers) {
        if (!answers.stream().allMatch(this::hasScores)) {
            return Optional.empty();
        }
        var scores = new ArrayList<double[]>();
        var right = new ArrayList<Integer>();
        for (int i = 0; i < examples.size(); i++) {
            var reference = examples.get(i).reference();
            if (outOfScope.filter(reference::equals).isEmpty()) {
                scores.add(scores(answers.get(i)));
                right.add(task.labels().indexOf(reference));
            }
        }
        if (right.size() < LEAST_ROWS) {
            return Optional.empty();
        }
        var labels = right.stream().mapToInt(each -> each).toArray();
        return Optional.of(
                new Calibration(
                        TemperatureScaling.fit(scores, labels).temperature(),
                        right.size(),
                        outOfScope.flatMap(label -> scopeWeights(label, examples, answers))));
    }

    /// Empty where too few examples have the label.
    private Optional<List<Double>> scopeWeights(
            String label, List<Example> examples, List<Answer> answers) {
        var fits = examples.stream().map(each -> !each.reference().equals(label)).toList();
        if (fits.stream().filter(each -> !each).count() < LEAST_OUT_OF_SCOPE) {
            return Optional.empty();
        }
        boolean isNear = answers.stream().allMatch(each -> each.nearness().isPresent());
        var features = answers.stream().map(each -> scopeFeatures(each, isNear)).toList();
        return Optional.of(LogisticScaling.fit(features, fits).weights());
    }

    /// The log odds of the likeliest label that says that one fits, the entropy of all, and how near the nearest training example is.
    private double[] scopeFeatures(Answer answer, boolean isNear) {
        var probabilities = TemperatureScaling.none().probabilities(scores(answer));
        int none = outOfScope.map(task.labels()::indexOf).orElse(-1);
        double largest = LEAST_ODDS;
        double entropy = 0;
        for (int i = 0; i < probabilities.length; i++) {
            double each = probabilities[i];
            largest = i == none ? largest : Math.max(largest, each);
            entropy -= each > 0 ? each * Math.log(each) : 0;
        }
        double odds = Math.log(largest / Math.max(1 - largest, LEAST_ODDS));
        return isNear
                ? new double[] {odds, entropy, answer.nearness().orElse(0)}
                : new double[] {odds, entropy};
    }

    public Optional<Confidence> of(Answer answer, Calibration calibration) {
        int said = task.labels().indexOf(answer.text());
        if (said < 0 || !hasScores(answer)) {
            return Optional.empty();
        }
        var scores = scores(answer);
        var scaling = new TemperatureScaling(calibration.temperature());
        return Optional.of(
                new Confidence(
                        scaling.probabilities(scores)[said],
                        TemperatureScaling.none().probabilities(scores)[said],
                        calibration.inScope().map(weights -> inScope(answer, weights))));
    }

    private double inScope(Answer answer, List<Double> weights) {
        boolean isNear = weights.size() == SCOPE_WEIGHTS_WITH_NEARNESS;
        return new LogisticScaling(weights).probability(scopeFeatures(answer, isNear));
    }

    private boolean hasScores(Answer answer) {
        return answer.labelScores().keySet().containsAll(task.labels());
    }

    private double[] scores(Answer answer) {
        return task.labels().stream().mapToDouble(answer.labelScores()::get).toArray();
    }
}
