package dev.sartor.compare.builtin;

import dev.sartor.classify.LogisticRegression;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.core.Example;
import dev.sartor.core.Responder;
import dev.sartor.project.setting.TaskSettings;
import java.util.List;

/// Labels by multinomial logistic regression on the embedder's vectors, its strength chosen by cross-validation over the training
/// examples. What takes about a second to learn is learned anew wherever it is opened, and comes out the same.
public final class Linear implements OnExampleVectors {
    /// scikit-learn's usual one is 1e-4, which leaves some weights open in their third digit.
    private static final double TOLERANCE = 1e-6;

    @Override
    public String wireName() {
        return "linear";
    }

    @Override
    public boolean suits(TaskSettings task) {
        return task.isClassification();
    }

    @Override
    public double share(Planned planned, Workbench workbench) {
        return OnExampleVectors.super.share(planned, workbench)
                + fitted(planned, workbench).seconds();
    }

    @Override
    public Responder open(Planned planned, Responder model, Choice choice, Workbench workbench) {
        var fitted = fitted(planned, workbench).value();
        return new VectorResponder(
                planned.candidate(),
                workbench.embedder(),
                new LabelRule(planned.data().task().labels(), fitted::logProbabilities));
    }

    private static Workbench.Timed<LogisticRegression> fitted(
            Planned planned, Workbench workbench) {
        var vectors = workbench.exampleVectors(planned);
        return workbench.once(
                planned,
                LogisticRegression.class,
                () -> {
                    var fitted = fit(planned, vectors);
                    if (!fitted.isConverged()) {
                        workbench.say(
                                planned.settings().name()
                                        + ": linear did not converge in "
                                        + LogisticRegression.MOST_STEPS
                                        + " steps; its weights are those of the last one");
                    }
                    return fitted;
                });
    }

    private static LogisticRegression fit(Planned planned, List<float[]> vectors) {
        var labels = planned.data().task().labels();
        var answers =
                planned.data().train().stream()
                        .map(Example::reference)
                        .mapToInt(labels::indexOf)
                        .toArray();
        return LogisticRegression.crossValidated(
                vectors, answers, labels.size(), planned.seed(), TOLERANCE);
    }
}
