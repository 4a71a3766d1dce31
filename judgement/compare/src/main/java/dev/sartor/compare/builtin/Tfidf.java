package dev.sartor.compare.builtin;

import dev.sartor.classify.TextClassifier;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.core.Example;
import dev.sartor.core.Responder;
import dev.sartor.project.setting.TaskSettings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Labels by logistic regression on the words and runs of characters of a text, weighed by TF-IDF: neither a language model nor an
/// embedder has a part in it. Learned anew wherever it is opened, it comes out the same.
public final class Tfidf implements OnExamples {
    @Override
    public String wireName() {
        return "tfidf";
    }

    @Override
    public boolean suits(TaskSettings task) {
        return task.isClassification();
    }

    @Override
    public Optional<String> ownModel() {
        return Optional.of(wireName());
    }

    @Override
    public double share(Planned planned, Workbench workbench) {
        return fitted(planned, workbench).seconds();
    }

    @Override
    public Responder open(Planned planned, Responder model, Choice choice, Workbench workbench) {
        var head = fitted(planned, workbench).value();
        return RuleResponder.ofTexts(
                planned.candidate(),
                new LabelRule(
                        planned.data().task().labels(),
                        head.labels(),
                        seen -> head.classifier().logProbabilities(seen.text())));
    }

    /// @param labels those that a training example has, in the classifier's order
    record Head(List<String> labels, TextClassifier classifier) {}

    /// The task's, however many candidates go by it.
    static Workbench.Timed<Head> fitted(Planned planned, Workbench workbench) {
        return workbench.onceForTask(planned, Head.class, () -> fit(planned, workbench));
    }

    private static Head fit(Planned planned, Workbench workbench) {
        var texts = planned.data().train().stream().map(Example::text).toList();
        var labels = LabelHead.learned(planned);
        var fitted =
                TextClassifier.fit(
                        texts, LabelHead.answers(planned, labels), labels.size(), planned.seed());
        if (fitted.learned() < texts.size()) {
            workbench.say(
                    String.format(
                            Locale.ROOT,
                            "%s: %s learned from %,d of %,d training examples, drawn by chance: more do not fit the memory"
                                    + " that is set apart for them.",
                            planned.settings().name(),
                            planned.candidate(),
                            fitted.learned(),
                            texts.size()));
        }
        return new Head(labels, fitted);
    }
}
