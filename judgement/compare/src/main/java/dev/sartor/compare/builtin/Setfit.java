package dev.sartor.compare.builtin;

import dev.sartor.classify.NearestRows;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.TrainingRequest;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.core.Embedder;
import dev.sartor.core.Example;
import dev.sartor.core.Responder;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.project.setting.TuningSettings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/// For few training examples: the embedder learns which of them have the same label, then logistic regression learns from its
/// vectors (SetFit, Tunstall et al. 2022, with each pair told from those of other labels in its batch in place of single
/// negative pairs).
public final class Setfit implements OnTrainedEmbedder {
    @Override
    public String wireName() {
        return "setfit";
    }

    @Override
    public boolean usesModel() {
        return false;
    }

    /// The vectors of the training examples are computed again where it is opened.
    @Override
    public boolean showsTraining() {
        return true;
    }

    @Override
    public TuningSettings tuning(TaskSettings task) {
        return task.setfit().tuning(task.tune());
    }

    @Override
    public SequencedMap<String, Object> settings(TaskSettings task) {
        var made = new LinkedHashMap<String, Object>();
        made.put("tune", tuning(task).byContent());
        made.put("pairs", task.setfit().pairs());
        return made;
    }

    @Override
    public Optional<TrainingRequest.Material> material(Planned planned) {
        var train = planned.data().train();
        var labels = planned.data().task().labels();
        return Optional.of(
                new TrainingRequest.Labelled(
                        train.stream().map(Example::text).toList(),
                        train.stream().map(each -> labels.indexOf(each.reference())).toList(),
                        planned.settings().setfit().pairs()));
    }

    @Override
    public Optional<String> leftOut(
            Planned planned, Workbench workbench, BooleanSupplier isMeasured) {
        var references = planned.data().train().stream().map(Example::reference).toList();
        if (references.stream().distinct().count() == references.size()) {
            return Optional.of(
                    "setfit is left out: no label has two training examples, and it learns from pairs of them.");
        }
        int most = planned.settings().setfit().mostPerLabel();
        double mean =
                (double) planned.data().train().size() / planned.data().task().labels().size();
        return mean <= most || isMeasured.getAsBoolean()
                ? Optional.empty()
                : Optional.of(
                        String.format(
                                Locale.ROOT,
                                "setfit is left out: it is for up to %d training examples a label (setfit.most_per_label), and"
                                        + " there are %.0f.",
                                most,
                                mean));
    }

    @Override
    public Responder open(Planned planned, Responder model, Choice choice, Workbench workbench) {
        var taught =
                workbench
                        .once(planned, Taught.class, () -> taught(planned, model, workbench))
                        .value();
        return RuleResponder.ofVectors(
                planned.candidate(), taught.embedder(), taught.near(), taught.head().rule(planned));
    }

    /// The embedder as it was trained, and what tells labels by its vectors.
    private record Taught(Embedder embedder, LabelHead head, Optional<NearestRows> near)
            implements Workbench.Closeable {
        @Override
        public void close() {
            embedder.close();
        }
    }

    private static Taught taught(Planned planned, Responder model, Workbench workbench) {
        var embedder = workbench.trainedEmbedder(model);
        try {
            var train = planned.data().train();
            var vectors = embedder.embed(train.stream().map(Example::text).toList());
            return new Taught(
                    embedder,
                    LabelHead.fit(planned, vectors, workbench),
                    OnExampleVectors.fitting(planned, vectors));
        } catch (RuntimeException e) {
            embedder.close();
            throw e;
        }
    }
}
