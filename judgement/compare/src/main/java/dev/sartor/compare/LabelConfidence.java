package dev.sartor.compare;

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
final class LabelConfidence {
    /// With fewer rows a temperature says more of the rows than of the candidate.
    static final int LEAST_ROWS = 30;

    private final Task task;

    LabelConfidence(Task task) {
        this.task = task;
    }

    /// Empty where an answer has no scores.
    ///
    /// @param examples at least {@link #LEAST_ROWS}
    Optional<Calibration> calibrated(List<Example> examples, List<Answer> answers) {
        if (!answers.stream().allMatch(this::hasScores)) {
            return Optional.empty();
        }
        var scores = new ArrayList<double[]>();
        var right = new int[examples.size()];
        for (int i = 0; i < right.length; i++) {
            scores.add(scores(answers.get(i)));
            right[i] = task.labels().indexOf(examples.get(i).reference());
        }
        return Optional.of(
                new Calibration(
                        TemperatureScaling.fit(scores, right).temperature(), examples.size()));
    }

    Optional<Confidence> of(Answer answer, Calibration calibration) {
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
