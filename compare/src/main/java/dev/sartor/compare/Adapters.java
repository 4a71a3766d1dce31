package dev.sartor.compare;

import dev.sartor.core.Answer;
import dev.sartor.core.AtomicFile;
import dev.sartor.core.Example;
import dev.sartor.core.Progress;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.Sha256;
import dev.sartor.core.Validation;
import dev.sartor.evaluate.Prediction;
import dev.sartor.evaluate.Scores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The adapters of a project's runs. Each is trained once, whichever candidates wear it.
final class Adapters {
    private final Runs runs;
    private final Workbench workbench;
    private final Surroundings surroundings;

    Adapters(Runs runs, Workbench workbench, Surroundings surroundings) {
        this.runs = runs;
        this.workbench = workbench;
        this.surroundings = surroundings;
    }

    /// An adapter and its folder's name.
    record Trained(String id, TunedAdapter adapter) {}

    /// The adapter that a candidate wears: found where it is finished, trained where it is not.
    Trained of(Planned planned, Map<String, String> digests) {
        var id = id(planned, digests);
        var folder = runs.adapterFolder(id);
        var finished = folder.resolve("training.json");
        if (Files.isRegularFile(finished)) {
            return new Trained(id, moved(RunJson.read(finished, TunedAdapter.class), folder));
        }
        var examples = examples(planned);
        var adapter =
                surroundings
                        .engines()
                        .tune(
                                new TuningRequest(
                                        planned.project().model(),
                                        examples,
                                        planned.settings().tune(),
                                        planned.seed(),
                                        folder),
                                validation(planned),
                                surroundings.progress(),
                                surroundings.cancellation());
        adapter.said().forEach(surroundings.progress()::say);
        AtomicFile.write(finished, RunJson.pretty(adapter));
        return new Trained(id, adapter);
    }

    /// A project's folder may have been moved since.
    private static TunedAdapter moved(TunedAdapter stored, Path folder) {
        return new TunedAdapter(
                folder.resolve(stored.folder().getFileName().toString()).toAbsolutePath(),
                stored.parameters(),
                stored.seconds(),
                stored.validation(),
                stored.keptEpoch(),
                stored.curve(),
                stored.said());
    }

    private static String id(Planned planned, Map<String, String> digests) {
        // The prompts hold passages only where the adapter is trained on them.
        var documents = planned.trainsOnPassages() ? digests.toString() : "";
        var made =
                List.of(
                        TaskPrompts.VERSION,
                        planned.data().task(),
                        planned.settings().tune(),
                        planned.seed(),
                        planned.settings().leakage(),
                        planned.data().digest("train").orElse(""),
                        planned.data().digest("validation").orElse(""),
                        planned.data().digest("test").orElse(""),
                        digests.getOrDefault("model", ""),
                        documents);
        return planned.settings().name() + "-" + Sha256.of(RunJson.line(made)).substring(0, 8);
    }

    /// The training examples as the model will be asked.
    private List<Example> examples(Planned planned) {
        var task = planned.data().task();
        var asked =
                planned.data().train().stream()
                        .map(example -> Question.of(example, task.form()))
                        .toList();
        var prompted = new ArrayList<Question>();
        workbench.around(planned, new Listening(prompted), counted(planned)).answer(
                asked, Progress.silent());
        var examples = new ArrayList<Example>();
        for (int i = 0; i < prompted.size(); i++) {
            var row = planned.data().train().get(i);
            examples.add(
                    new Example(
                            row.id(),
                            trained(planned, row, prompted.get(i)).messages(),
                            row.references(),
                            row.readers(),
                            row.origin()));
        }
        return examples;
    }

    private static Question trained(Planned planned, Example row, Question prompted) {
        return planned.trainsOnPassages()
                ? prompted
                : new TaskPrompts(planned.data().task())
                        .plain(Question.of(row, planned.data().task().form()));
    }

    private static int counted(Planned planned) {
        return planned.choices().isEmpty() ? 0 : planned.choices().getLast();
    }

    private Validation validation(Planned planned) {
        var task = planned.data().task();
        var metric = Metrics.of(task);
        var examples = planned.data().validation();
        var questions =
                examples.stream().map(example -> Question.of(example, task.form())).toList();
        var prompts = new TaskPrompts(task);
        return model -> {
            var candidate = prompted(planned, prompts, model);
            var answers = candidate.answer(questions, Progress.silent());
            return Scores.score(metric, predictions(examples, answers));
        };
    }

    private Responder prompted(Planned planned, TaskPrompts prompts, Responder model) {
        return planned.trainsOnPassages()
                ? workbench.around(planned, model, counted(planned))
                : new Rewriting(
                        questions -> questions.stream().map(prompts::plain).toList(), model);
    }

    static List<Prediction> predictions(List<Example> examples, List<Answer> answers) {
        var predictions = new ArrayList<Prediction>();
        for (int i = 0; i < answers.size(); i++) {
            predictions.add(Prediction.of(examples.get(i), answers.get(i).text()));
        }
        return predictions;
    }
}
