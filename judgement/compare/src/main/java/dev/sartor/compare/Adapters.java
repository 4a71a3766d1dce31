package dev.sartor.compare;

import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Provenance;
import dev.sartor.compare.approach.TrainingRequest;
import dev.sartor.compare.approach.TunedAdapter;
import dev.sartor.compare.approach.TuningRequest;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.report.Report;
import dev.sartor.compare.run.AdapterRecipe;
import dev.sartor.compare.run.PlantedRows;
import dev.sartor.compare.run.RunJson;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.Answer;
import dev.sartor.core.Example;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.Score;
import dev.sartor.core.Validation;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.ReadersFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Progress;
import dev.sartor.evaluate.Prediction;
import dev.sartor.evaluate.Scores;
import dev.sartor.privacy.canary.Canaries;
import dev.sartor.project.setting.Metrics;
import dev.sartor.project.setting.RenamedKeys;
import dev.sartor.project.setting.TuningCare;
import dev.sartor.tune.trainer.TrainingLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What was trained for a project's runs: adapters, or whole models. Each is trained once, whichever candidates use it.
final class Adapters {
    /// The training's figures; written last.
    static final String TRAINING = "training.json";

    /// So many answers are shown at each measurement.
    private static final int SHOWN = 3;

    private final Runs runs;
    private final Workbench workbench;
    private final Circumstances circumstances;

    Adapters(Runs runs, Workbench workbench, Circumstances circumstances) {
        this.runs = runs;
        this.workbench = workbench;
        this.circumstances = circumstances;
    }

    /// An adapter, with the name and the place of its folder.
    ///
    /// @param readers who may read all that it learned from, or was chosen by
    record Trained(String id, Path folder, TunedAdapter adapter, Readers readers) {}

    /// The adapter that a candidate uses: found where it is finished, trained where it is not.
    Trained of(Planned planned, Map<String, String> digests) {
        return of(planned, digests, Optional.empty());
    }

    /// The same, or one of its own that learned canaries as well.
    Trained of(Planned planned, Map<String, String> digests, Optional<Canaries> canaries) {
        var id = PlantedRows.name(id(planned, digests), canaries);
        var folder = runs.adapterFolder(id);
        var finished = folder.resolve(TRAINING);
        var readers = learnedFrom(planned);
        // Before there is anything that could be opened without it.
        ReadersFile.write(folder, readers);
        canaries.ifPresent(planted -> planted.write(folder));
        if (Files.isRegularFile(finished)) {
            return new Trained(id, folder, RunJson.read(finished, TunedAdapter.class), readers);
        }
        var adapter = trained(planned, folder, canaries);
        adapter.said().forEach(circumstances.progress()::say);
        AtomicFile.write(
                folder.resolve(AdapterRecipe.FILE), RunJson.pretty(recipe(planned, digests)));
        Provenance.of(
                        planned,
                        digests,
                        Optional.of(folder),
                        readers,
                        workbench.folder(),
                        circumstances)
                .write(folder);
        AtomicFile.write(finished, RunJson.pretty(adapter));
        AtomicFile.write(folder.resolve("README.md"), card(planned, folder));
        return new Trained(id, folder, adapter, readers);
    }

    /// Passages that are shown to a row's asker alone count: they are learned, or an epoch was chosen by them.
    private Readers learnedFrom(Planned planned) {
        var readers = RunMaker.learnedFrom(planned, circumstances.engines());
        var search = planned.search().filter(_ -> planned.trainsOnPassages());
        if (search.isEmpty() || !planned.data().hasAskers()) {
            return readers;
        }
        for (var rows : List.of(planned.data().train(), planned.data().validation())) {
            readers = readers.and(workbench.learnedReaders(search.get(), planned.questions(rows)));
        }
        return readers;
    }

    private AdapterRecipe recipe(Planned planned, Map<String, String> digests) {
        var all = new HashMap<>(planned.data().digests());
        all.putAll(digests);
        all.putAll(planned.promptDigests());
        return new AdapterRecipe(
                planned.settings().name(),
                Metrics.of(planned.data().task()).name(),
                planned.project().model(),
                planned.seed(),
                all,
                RunJson.settings(planned.settings().tune()),
                planned.settings().licence(),
                circumstances.version());
    }

    private String card(Planned planned, Path folder) {
        var model = planned.project().model();
        return new ModelCard(
                        planned.settings().name(),
                        model,
                        circumstances.engines().licence(model),
                        ModelCard.library(folder),
                        List.of(ModelCard.Part.read(folder, 1)),
                        "sartor evaluate "
                                + planned.settings().name()
                                + "/"
                                + planned.approach().candidate())
                .markdown();
    }

    /// What would be done.
    ///
    /// @param isTrained whether it is done already
    record Explained(TuningRequest request, int validation, boolean isTrained) {}

    Explained explained(Planned planned, Map<String, String> digests) {
        var folder = folder(planned, digests);
        return new Explained(
                request(planned, folder),
                planned.data().validation().size(),
                Files.isRegularFile(folder.resolve(TRAINING)));
    }

    /// How it went is shown even where it failed.
    private TunedAdapter trained(Planned planned, Path folder, Optional<Canaries> canaries) {
        var material = planned.approach().material(planned);
        try {
            if (material.isPresent()) {
                var request =
                        new TrainingRequest(
                                planned.project().model(),
                                material.get(),
                                planned.settings().tune(),
                                planned.project().seed(),
                                folder);
                return circumstances
                        .engines()
                        .train(request, circumstances.progress(), circumstances.cancellation());
            }
            return circumstances
                    .engines()
                    .tune(
                            request(planned, folder, canaries),
                            validation(planned),
                            circumstances.progress(),
                            circumstances.cancellation());
        } finally {
            var log = folder.resolve(TrainingLog.FILE);
            if (Files.isRegularFile(log)) {
                Report.writeTraining(
                        planned.settings().name(), log, folder.resolve("training.html"));
            }
        }
    }

    /// What is to be trained.
    TuningRequest request(Planned planned, Path folder) {
        return request(planned, folder, Optional.empty());
    }

    private TuningRequest request(Planned planned, Path folder, Optional<Canaries> canaries) {
        var data = planned.data();
        var tuning = planned.settings().tune();
        var shown = data.validation().stream().limit(SHOWN).toList();
        return new TuningRequest(
                planned.project().model(),
                asked(planned, PlantedRows.with(data.train(), canaries)),
                data.task().labels(),
                tuning,
                planned.project().seed(),
                new TuningCare(
                        tuning.rows().tooLong(),
                        tuning.watch().recipe(),
                        tuning.watch().probe(),
                        asked(planned, shown)),
                folder);
    }

    /// Where the adapter lies or will lie.
    Path folder(Planned planned, Map<String, String> digests) {
        return runs.adapterFolder(id(planned, digests));
    }

    /// Where a search for its settings lies.
    Path searchFolder(Planned planned, Map<String, String> digests) {
        var search = planned.settings().tune().search().orElseThrow();
        var made = made(planned, digests) + search.search(planned.project().seed()).description();
        return runs.searchFolder(planned.settings().name() + "-" + digest(made));
    }

    private static String id(Planned planned, Map<String, String> digests) {
        return planned.settings().name() + "-" + digest(made(planned, digests));
    }

    private static String digest(String made) {
        return Sha256.of(made).substring(0, 8);
    }

    /// What a training depends on, but for how its settings are searched for.
    private static String made(Planned planned, Map<String, String> digests) {
        // The prompts hold passages only where the adapter is trained on them.
        var documents = planned.trainsOnPassages() ? digests.toString() : "";
        // An earlier version looked passages up as nobody in particular.
        var askers =
                planned.trainsOnPassages() && planned.data().hasAskers()
                        ? Stream.of("askers " + planned.settings().columns().asker())
                        : Stream.<String>empty();
        var made =
                Stream.of(
                        planned.template().version(),
                        planned.data().task(),
                        RenamedKeys.former(
                                RunJson.settings(planned.settings().tune().byContent()), "tune"),
                        planned.seed(),
                        planned.settings().leakage(),
                        planned.data().digest("train").orElse(""),
                        planned.data().digest("validation").orElse(""),
                        planned.data().digest("test").orElse(""),
                        digests.getOrDefault("model", ""),
                        documents);
        return RunJson.line(
                Stream.of(made, planned.prompt().further().stream(), askers)
                        .flatMap(each -> each)
                        .toList());
    }

    /// The examples as the model will be asked.
    List<Example> asked(Planned planned, List<Example> rows) {
        var prompted = prompted(planned, planned.questions(rows));
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

    Validation validation(Planned planned) {
        var metric = Metrics.of(planned.data().task());
        var examples = planned.data().validation();
        return new Validation() {
            @Override
            public Score score(Responder model) {
                var asked = prompted(planned, planned.questions(examples));
                var answers = model.answer(asked, Progress.silent());
                return Scores.score(metric, predictions(examples, answers));
            }

            @Override
            public int examples() {
                return examples.size();
            }
        };
    }

    private List<Question> prompted(Planned planned, List<Question> questions) {
        return planned.search()
                .filter(search -> planned.trainsOnPassages())
                .map(search -> workbench.withPassages(planned, search, questions))
                .orElseGet(() ->
                        questions.stream().map(each -> planned.ask(each, List.of())).toList());
    }

    static List<Prediction> predictions(List<Example> examples, List<Answer> answers) {
        var predictions = new ArrayList<Prediction>();
        for (int i = 0; i < answers.size(); i++) {
            predictions.add(Prediction.of(examples.get(i), StoredAnswer.judged(answers.get(i))));
        }
        return predictions;
    }
}
