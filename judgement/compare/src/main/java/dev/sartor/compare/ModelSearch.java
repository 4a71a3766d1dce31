package dev.sartor.compare;

import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.run.RunJson;
import dev.sartor.compare.verdict.ModelTrial;
import dev.sartor.compare.verdict.SearchOutcome;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Progress;
import dev.sartor.evaluate.PairedComparison;
import dev.sartor.evaluate.Prediction;
import dev.sartor.evaluate.Scores;
import dev.sartor.project.setting.Metrics;
import dev.sartor.project.setting.SearchSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Tunes several base models for a task, each with settings of its own where a search says so, and chooses the smallest that
/// will do: whose paired 95 % interval of (this − best) on validation lies above −margin, as a verdict has it.
final class ModelSearch {
    private final Runs runs;
    private final Adapters adapters;
    private final Workbench workbench;
    private final Circumstances circumstances;
    private final Planned planned;

    /// @param planned the task's training, with a section `search`
    ModelSearch(
            Runs runs,
            Adapters adapters,
            Workbench workbench,
            Circumstances circumstances,
            Planned planned) {
        this.runs = runs;
        this.adapters = adapters;
        this.workbench = workbench;
        this.circumstances = circumstances;
        this.planned = planned;
    }

    /// @param planned the training that was chosen, with its model and its settings
    /// @param search for its settings; empty where they stand in the project file
    /// @param models in the order of the project file; empty where there is no choice
    record Found(Planned planned, Optional<SearchOutcome> search, List<ModelTrial> models) {}

    private record Tuned(
            Planned planned, Optional<SearchOutcome> search, Adapters.Trained trained) {
        String model() {
            return planned.project().model();
        }
    }

    /// One file of what was measured.
    private record Stored(List<ModelTrial> models) {}

    /// What is not done yet is done.
    Found run() {
        var models = search().models();
        if (models.isEmpty()) {
            var tuned = tuned(planned.project().model());
            return new Found(tuned.planned(), tuned.search(), List.of());
        }
        var tuned = models.stream().map(this::tuned).toList();
        var trials = trials(tuned);
        for (int i = 0; i < trials.size(); i++) {
            if (trials.get(i).isChosen()) {
                return new Found(tuned.get(i).planned(), tuned.get(i).search(), trials);
            }
        }
        throw SartorException.defect("no model was chosen");
    }

    private SearchSettings search() {
        return planned.settings().tune().search().orElseThrow();
    }

    private Tuned tuned(String model) {
        var own = planned.on(model);
        var digests = Map.of("model", circumstances.engines().digest(model));
        if (search().space().dimensions().isEmpty()) {
            var plain = own.with(own.settings().tune().with(Map.of()));
            return new Tuned(plain, Optional.empty(), adapters.of(plain, digests));
        }
        var found = new TaskSearch(adapters, circumstances, own, digests).run();
        return new Tuned(
                found.planned(),
                Optional.of(found.outcome()),
                adapters.of(found.planned(), digests));
    }

    private List<ModelTrial> trials(List<Tuned> tuned) {
        var file = file(tuned);
        if (Files.isRegularFile(file)) {
            return RunJson.read(file, Stored.class).models();
        }
        var answered = tuned.stream().map(this::answered).toList();
        var trials = judged(tuned, answered);
        AtomicFile.write(file, RunJson.pretty(new Stored(trials)));
        trials.forEach(trial -> circumstances.progress().say(told(trial)));
        return trials;
    }

    /// An adapter's name says all that went into it, the validation examples among it.
    private Path file(List<Tuned> tuned) {
        var ids = tuned.stream().map(each -> each.trained().id()).toList();
        var task = planned.settings().name();
        var made = Sha256.of(ids + " " + planned.settings().margin()).substring(0, 8);
        return runs.searchFolder(task + "-models-" + made).resolve("models.json");
    }

    private List<Prediction> answered(Tuned tuned) {
        var examples = planned.data().validation();
        var questions = planned.questions(examples);
        try (var model = workbench.model(tuned.planned(), Optional.of(tuned.trained().folder()))) {
            var candidate = workbench.around(tuned.planned(), model, Choice.of(0));
            return Adapters.predictions(examples, candidate.answer(questions, Progress.silent()));
        }
    }

    private List<ModelTrial> judged(List<Tuned> tuned, List<List<Prediction>> answered) {
        var metric = Metrics.of(planned.data().task());
        var sizes =
                tuned.stream()
                        .map(each -> circumstances.engines().parameters(each.model()))
                        .toList();
        var scores = answered.stream().map(each -> Scores.score(metric, each)).toList();
        // Of two that score the same, the smaller is the best.
        var bySize = bySize(sizes);
        int best =
                bySize.stream()
                        .max(Comparator.comparingDouble(i -> scores.get(i).value()))
                        .orElseThrow();
        var against =
                answered.stream()
                        .map(each -> PairedComparison.of(metric, each, answered.get(best)))
                        .toList();
        double margin = planned.settings().margin();
        int chosen =
                bySize.stream()
                        .filter(i -> i == best || against.get(i).low() > -margin)
                        .findFirst()
                        .orElseThrow();
        var trials = new ArrayList<ModelTrial>();
        for (int i = 0; i < tuned.size(); i++) {
            var pair = against.get(i);
            trials.add(
                    new ModelTrial(
                            tuned.get(i).model(),
                            sizes.get(i),
                            tuned.get(i).search().flatMap(SearchOutcome::yaml),
                            scores.get(i),
                            i == best ? 0 : pair.difference(),
                            i == best ? 0 : pair.low(),
                            i == best ? 0 : pair.high(),
                            i == best || pair.low() > -margin,
                            i == chosen));
        }
        return trials;
    }

    private static List<Integer> bySize(List<Long> sizes) {
        var order = new ArrayList<Integer>();
        for (int i = 0; i < sizes.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingLong(sizes::get));
        return order;
    }

    private static String told(ModelTrial trial) {
        return String.format(
                Locale.ROOT,
                "%s tuned: validation %s %s [%s, %s]%s",
                trial.model(),
                trial.score().metric(),
                Figures.score(trial.score().value()),
                Figures.score(trial.score().low()),
                Figures.score(trial.score().high()),
                trial.isChosen() ? ", the smallest that will do" : "");
    }
}
