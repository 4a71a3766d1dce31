package dev.sartor.compare.builtin;

import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.core.Responder;
import dev.sartor.project.setting.TaskSettings;

/// Labels by multinomial logistic regression on the embedder's vectors, its strength chosen by cross-validation over the training
/// examples. What takes about a second to learn is learned anew wherever it is opened, and comes out the same.
public final class Linear implements OnExampleVectors {
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
        return RuleResponder.ofVectors(
                planned.candidate(),
                workbench.embedder(),
                OnExampleVectors.fitting(planned, workbench.exampleVectors(planned)),
                fitted.rule(planned));
    }

    /// The task's, however many candidates go by it.
    static Workbench.Timed<LabelHead> fitted(Planned planned, Workbench workbench) {
        var vectors = workbench.exampleVectors(planned);
        return workbench.onceForTask(
                planned, LabelHead.class, () -> LabelHead.fit(planned, vectors, workbench));
    }
}
