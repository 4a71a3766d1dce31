package dev.sartor.compare.builtin;

import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.core.Responder;
import dev.sartor.project.setting.TaskSettings;
import java.util.List;

/// Labels by {@link Tfidf} and {@link Linear} together: the weighted mean of their log-probabilities, a log-linear pool (Genest and
/// Zidek 1986). What one tells by words the other does by meaning, and they err in different places.
public final class TfidfLinear implements OnExampleVectors {
    /// Percent of the weight that words have; of equals the least.
    private static final List<Integer> SHARES = List.of(20, 30, 40, 50, 60);

    @Override
    public String wireName() {
        return "tfidf+linear";
    }

    @Override
    public boolean suits(TaskSettings task) {
        return task.isClassification();
    }

    @Override
    public List<Integer> choices(TaskSettings task) {
        return SHARES;
    }

    @Override
    public double share(Planned planned, Workbench workbench) {
        return OnExampleVectors.super.share(planned, workbench)
                + Linear.fitted(planned, workbench).seconds()
                + Tfidf.fitted(planned, workbench).seconds();
    }

    @Override
    public Responder open(Planned planned, Responder model, Choice choice, Workbench workbench) {
        var vectors = Linear.fitted(planned, workbench).value();
        var words = Tfidf.fitted(planned, workbench).value();
        double share = choice.count() / 100.0;
        return RuleResponder.ofVectors(
                planned.candidate(),
                workbench.embedder(),
                OnExampleVectors.fitting(planned, workbench.exampleVectors(planned)),
                new LabelRule(
                        planned.data().task().labels(),
                        vectors.labels(),
                        seen ->
                                pooled(
                                        words.classifier().logProbabilities(seen.text()),
                                        vectors.classifier().logProbabilities(seen.vector()),
                                        share)));
    }

    /// Both know the same labels, in the same order.
    ///
    /// @param share of the first, 0 to 1
    private static double[] pooled(double[] one, double[] other, double share) {
        var pooled = new double[one.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < one.length; i++) {
            pooled[i] = share * one[i] + (1 - share) * other[i];
            largest = Math.max(largest, pooled[i]);
        }
        double sum = 0;
        for (double each : pooled) {
            sum += Math.exp(each - largest);
        }
        for (int i = 0; i < one.length; i++) {
            pooled[i] -= largest + Math.log(sum);
        }
        return pooled;
    }
}
