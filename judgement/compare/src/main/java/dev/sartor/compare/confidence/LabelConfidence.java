package dev.sartor.compare.confidence;

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

    private final Task task;

    public LabelConfidence(Task task) {
        this.task = task;
    }

    /// Empty where an answer has no scores.
    ///
    /// @param examples at least {@link #LEAST_ROWS}
    /// @param outOfScope the label that says nothing of a candidate's confidence in the others
    public Optional<Calibration> calibrated(
            List<Example> examples, List<Answer> answers, Optional<String> outOfScope) {
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
        return Optional.of(
                new Calibration(
                        TemperatureScaling.fit(
                                        scores, right.stream().mapToInt(each -> each).toArray())
                                .temperature(),
                        right.size()));
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
                        TemperatureScaling.none().probabilities(scores)[said]));
    }

    private boolean hasScores(Answer answer) {
        return answer.labelScores().keySet().containsAll(task.labels());
    }

    private double[] scores(Answer answer) {
        return task.labels().stream().mapToDouble(answer.labelScores()::get).toArray();
    }
}
