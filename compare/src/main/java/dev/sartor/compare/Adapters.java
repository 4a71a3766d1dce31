package dev.sartor.compare;

import dev.sartor.core.Answer;
import dev.sartor.core.AtomicFile;
import dev.sartor.core.Example;
import dev.sartor.core.Progress;
import dev.sartor.core.Question;
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
        var rows = planned.data().train();
        var prompted = prompted(planned, questions(planned, rows));
        var examples = new ArrayList<Example>();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            examples.add(
                    new Example(
                            row.id(),
                            prompted.get(i).messages(),
                            row.references(),
                            row.readers(),
                            row.origin()));
        }
        return examples;
    }

    private Validation validation(Planned planned) {
        var metric = Metrics.of(planned.data().task());
        var examples = planned.data().validation();
        return model -> {
            var candidate = new Rewriting(asked -> prompted(planned, asked), model);
            var answers = candidate.answer(questions(planned, examples), Progress.silent());
            return Scores.score(metric, predictions(examples, answers));
        };
    }

    private List<Question> prompted(Planned planned, List<Question> questions) {
        var prompts = new TaskPrompts(planned.data().task());
        return planned.search()
                .filter(search -> planned.trainsOnPassages())
                .map(search ->
                        workbench.withPassages(
                                prompts, search, questions, planned.choices().getLast()))
                .orElseGet(() -> questions.stream().map(prompts::plain).toList());
    }

    private static List<Question> questions(Planned planned, List<Example> examples) {
        var form = planned.data().task().form();
        return examples.stream().map(example -> Question.of(example, form)).toList();
    }

    static List<Prediction> predictions(List<Example> examples, List<Answer> answers) {
        var predictions = new ArrayList<Prediction>();
        for (int i = 0; i < answers.size(); i++) {
            predictions.add(Prediction.of(examples.get(i), answers.get(i).text()));
        }
        return predictions;
    }
}
