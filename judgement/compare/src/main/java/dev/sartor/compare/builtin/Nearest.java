package dev.sartor.compare.builtin;

import dev.sartor.classify.NearestRows;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.core.Example;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.project.setting.TaskSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The answer of the training examples that the embedder finds the nearest: for labels the vote of as many as validation chooses,
/// for free text the nearest one's, as a list of frequent questions is looked through.
public final class Nearest implements OnExampleVectors {
    private static final List<Integer> VOTERS = List.of(1, 3, 5, 10, 20);

    @Override
    public String wireName() {
        return "nearest";
    }

    @Override
    public List<Integer> choices(TaskSettings task) {
        return task.isClassification() ? VOTERS : List.of();
    }

    @Override
    public Optional<List<Double>> nearness(
            Planned planned, Choice choice, List<Question> questions, Workbench workbench) {
        var rows = new NearestRows(workbench.exampleVectors(planned));
        var asked = questions.stream().map(Question::text).toList();
        return Optional.of(
                workbench.embedder().embed(asked).stream()
                        .map(vector -> rows.of(vector, 1).getFirst().similarity())
                        .toList());
    }

    @Override
    public Responder open(Planned planned, Responder model, Choice choice, Workbench workbench) {
        var vectors = workbench.exampleVectors(planned);
        return RuleResponder.ofVectors(
                planned.candidate(),
                workbench.embedder(),
                OnExampleVectors.fitting(planned, vectors),
                rule(planned, choice, new NearestRows(vectors)));
    }

    private static RuleResponder.Rule rule(Planned planned, Choice choice, NearestRows rows) {
        var task = planned.data().task();
        var answers = planned.data().train().stream().map(Example::reference).toList();
        if (task.isClassification()) {
            var labels = task.labels();
            var said = answers.stream().mapToInt(labels::indexOf).toArray();
            return new LabelRule(
                    labels,
                    labels,
                    seen -> rows.vote(seen.vector(), choice.count(), said, labels.size()));
        }
        var least = choice.shown().nearness();
        return (seen, _) -> {
            var nearest = rows.of(seen.vector(), 1).getFirst();
            boolean isFar = least.filter(far -> nearest.similarity() < far).isPresent();
            return new RuleResponder.Said(
                    isFar ? task.unanswerable().orElseThrow() : answers.get(nearest.row()),
                    Map.of());
        };
    }
}
