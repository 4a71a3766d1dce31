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

/// What was trained for a project's runs: adapters, or whole models. Each is trained once, whichever candidates wear it.
final class Adapters {
    private final Runs runs;
    private final Workbench workbench;
    private final Circumstances circumstances;

    Adapters(Runs runs, Workbench workbench, Circumstances circumstances) {
        this.runs = runs;
        this.workbench = workbench;
        this.circumstances = circumstances;
    }

    /// An adapter, with the name and the place of its folder.
    record Trained(String id, Path folder, TunedAdapter adapter) {}

    /// The adapter that a candidate wears: found where it is finished, trained where it is not.
    Trained of(Planned planned, Map<String, String> digests) {
        var id = id(planned, digests);
        var folder = runs.adapterFolder(id);
        var finished = folder.resolve("training.json");
        if (Files.isRegularFile(finished)) {
            return new Trained(id, folder, RunJson.read(finished, TunedAdapter.class));
        }
        var examples = examples(planned);
        var adapter =
                circumstances
                        .engines()
                        .tune(
                                new TuningRequest(
                                        planned.project().model(),
                                        examples,
                                        planned.data().task().labels(),
                                        planned.settings().tune(),
                                        planned.project().seed(),
                                        folder),
                                validation(planned),
                                circumstances.progress(),
                                circumstances.cancellation());
        adapter.said().forEach(circumstances.progress()::say);
        AtomicFile.write(finished, RunJson.pretty(adapter));
        return new Trained(id, folder, adapter);
    }

    private static String id(Planned planned, Map<String, String> digests) {
        // The prompts hold passages only where the adapter is trained on them.
        var documents = planned.trainsOnPassages() ? digests.toString() : "";
        var made =
                List.of(
                        planned.template().version(),
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
            var asked = prompted(planned, questions(planned, examples));
            var answers = model.answer(asked, Progress.silent());
            return Scores.score(metric, predictions(examples, answers));
        };
    }

    private List<Question> prompted(Planned planned, List<Question> questions) {
        return planned.search()
                .filter(search -> planned.trainsOnPassages())
                .map(search -> workbench.withPassages(planned, search, questions))
                .orElseGet(() ->
                        questions.stream().map(each -> planned.ask(each, List.of())).toList());
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
