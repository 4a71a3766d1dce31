package dev.sartor.compare;

import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.Provenance;
import dev.sartor.compare.approach.RecordedSettings;
import dev.sartor.compare.approach.RelevanceRows;
import dev.sartor.compare.approach.TrainingRequest;
import dev.sartor.compare.approach.TunedAdapter;
import dev.sartor.compare.run.AdapterRecipe;
import dev.sartor.compare.run.PlantedRows;
import dev.sartor.compare.run.RunJson;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.ReadersFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.data.RowFile;
import dev.sartor.privacy.canary.Canaries;
import dev.sartor.project.Project;
import dev.sartor.project.Training;
import dev.sartor.project.setting.RenamedKeys;
import dev.sartor.project.setting.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The trainings of a project that are no task's. Each is done once, and found where it is finished.
public final class Trainings {
    private static final String TRAIN = "train";

    private final Project project;
    private final Path folder;
    private final Runs runs;
    private final Circumstances circumstances;

    /// @param folder the project's
    public Trainings(Project project, Path folder, Circumstances circumstances) {
        this(project, folder, Runs.of(folder), circumstances);
    }

    /// @param runs where the results lie
    Trainings(Project project, Path folder, Runs runs, Circumstances circumstances) {
        this.project = project;
        this.folder = folder;
        this.runs = runs;
        this.circumstances = circumstances;
    }

    /// @param files by their role, with their SHA-256
    /// @param readers who may read every row
    private record Read(
            TrainingRequest.Material material, Map<String, String> files, Readers readers) {
        static Read of(TrainingRequest.Material material, RowFile<?> rows) {
            return new Read(material, Map.of(TRAIN, rows.sha256()), rows.readers());
        }

        static Read of(
                TrainingRequest.Material material,
                RowFile<?> rows,
                Optional<? extends RowFile<?>> validation) {
            var files = new TreeMap<>(Map.of(TRAIN, rows.sha256()));
            validation.ifPresent(read -> files.put("validation", read.sha256()));
            var measured = validation.<Readers>map(RowFile::readers).orElse(Readers.everyone());
            return new Read(material, files, rows.readers().and(measured));
        }

        /// @throws SartorException a user's error where the rows are no texts to go on with
        Read with(Optional<Canaries> canaries) {
            if (canaries.isEmpty()) {
                return this;
            }
            if (material instanceof TrainingRequest.Texts texts) {
                var all = new ArrayList<>(texts.texts());
                canaries.get().rows().forEach(each -> all.add(each.answer()));
                return new Read(new TrainingRequest.Texts(all, texts.fim()), files, readers);
            }
            throw SartorException.user(
                    "--canaries needs a task, or a training with the objective causal_lm: leave it out, as what others"
                            + " learn is no text to go on with.");
        }

        /// Of all files together.
        String sha256() {
            return files.getOrDefault(TRAIN, "") + files.getOrDefault("validation", "");
        }
    }

    /// What was trained; gone on with where it was stopped.
    public TaskTuning.Outcome run(Training training) {
        return run(training, Optional.empty());
    }

    /// The same, or a training of its own that learned canaries as well.
    ///
    /// @param canaries planted beside the rows; in no file of theirs
    public TaskTuning.Outcome run(Training training, Optional<Canaries> canaries) {
        var rows = read(training).with(canaries);
        var model = training.model(project);
        var place = PlantedRows.folder(folder(training, rows), canaries);
        var finished = place.resolve("training.json");
        var readers = rows.readers().and(circumstances.engines().readers(model));
        // Before there is anything that could be opened without it.
        ReadersFile.write(place, readers);
        canaries.ifPresent(planted -> planted.write(place));
        if (Files.isRegularFile(finished)) {
            return new TaskTuning.Outcome(place, RunJson.read(finished, TunedAdapter.class));
        }
        var tuned =
                circumstances
                        .engines()
                        .train(
                                request(training, rows, place),
                                circumstances.progress(),
                                circumstances.cancellation());
        tuned.said().forEach(circumstances.progress()::say);
        madeOf(training, rows, readers, place).write(place);
        AtomicFile.write(place.resolve(AdapterRecipe.FILE), RunJson.pretty(recipe(training, rows)));
        AtomicFile.write(finished, RunJson.pretty(tuned));
        AtomicFile.write(place.resolve("README.md"), card(training, place));
        return new TaskTuning.Outcome(place, tuned);
    }

    /// What {@link #run} trains, for the other ranks of that training. Trains nothing.
    public TrainingRequest request(Training training) {
        var rows = read(training);
        return request(training, rows, folder(training, rows));
    }

    private TrainingRequest request(Training training, Read rows, Path place) {
        return new TrainingRequest(
                training.model(project), rows.material(), training.tune(), project.seed(), place);
    }

    /// Where its result lies or will lie.
    Path folder(Training training) {
        return folder(training, read(training));
    }

    private Path folder(Training training, Read rows) {
        var model = circumstances.engines().digest(training.model(project));
        return runs.adapterFolder(id(training, rows.sha256(), model));
    }

    private AdapterRecipe recipe(Training training, Read rows) {
        var model = training.model(project);
        var digests = new TreeMap<>(rows.files());
        digests.put("model", circumstances.engines().digest(model));
        var settings = new TreeMap<>(RunJson.settings(training.tune()));
        settings.put("objective", Wire.value(training.objective()));
        settings.put("dpo_beta", training.dpoBeta());
        settings.put("fim_rate", training.fimRate());
        if (training.objective() == Training.Objective.CROSS_ENCODER) {
            settings.put("negatives", training.negatives());
            settings.put("hard_negatives", Wire.value(training.hardNegatives()));
        }
        return new AdapterRecipe(
                training.name(),
                training.objective() == Training.Objective.CROSS_ENCODER ? "ndcg@10" : "recall@1",
                model,
                training.tune().seed().orElse(project.seed()),
                digests,
                settings,
                training.licence(),
                circumstances.version());
    }

    private String card(Training training, Path place) {
        var model = training.model(project);
        return new ModelCard(
                        training.name(),
                        model,
                        circumstances.engines().licence(model),
                        ModelCard.library(place),
                        List.of(ModelCard.Part.read(place, 1)),
                        "sartor tune " + training.name())
                .markdown();
    }

    private Provenance madeOf(Training training, Read rows, Readers readers, Path place) {
        var sources = new ArrayList<Provenance.Source>();
        rows.files()
                .forEach((role, sha256) ->
                        sources.add(
                                Provenance.Source.of(role, file(training, role), sha256, folder)));
        training.tune()
                .watch()
                .probe()
                .ifPresent(file -> sources.add(Provenance.probe(file, folder)));
        var engines = circumstances.engines();
        var model = training.model(project);
        return new Provenance(
                RecordedSettings.of(training, project, folder),
                sources,
                Map.of("model", engines.digest(model)),
                Provenance.By.now(circumstances),
                Optional.of(Provenance.BaseModel.of(model, engines)),
                Provenance.digests(place),
                readers.clauses());
    }

    private static Path file(Training training, String role) {
        return role.equals(TRAIN) ? training.train() : training.validation().orElseThrow();
    }

    private Read read(Training training) {
        var file = training.train();
        return switch (training.objective()) {
            case CAUSAL_LM -> {
                var rows = RowFile.texts(file);
                yield Read.of(new TrainingRequest.Texts(rows.rows(), training.fimRate()), rows);
            }
            case MASKED_LM -> {
                var rows = RowFile.texts(file);
                yield Read.of(new TrainingRequest.Words(rows.rows()), rows);
            }
            case DPO -> {
                var rows = RowFile.preferences(file);
                yield Read.of(
                        new TrainingRequest.Preferences(rows.rows(), training.dpoBeta()), rows);
            }
            case CONTRASTIVE -> {
                var rows = RowFile.similar(file);
                var validation = training.validation().map(RowFile::similar);
                yield Read.of(
                        new TrainingRequest.Meanings(
                                rows.rows(), validation.map(RowFile::rows).orElse(List.of())),
                        rows,
                        validation);
            }
            case CROSS_ENCODER -> {
                var rows = RowFile.judged(file);
                var validation = training.validation().map(RowFile::judged);
                yield Read.of(
                        new RelevanceRows(training, project)
                                .material(
                                        rows.rows(),
                                        validation.map(RowFile::rows).orElse(List.of())),
                        rows,
                        validation);
            }
        };
    }

    private String id(Training training, String rows, String model) {
        var named = RenamedKeys.former(RunJson.settings(training), "trainings");
        var tune = RenamedKeys.former(RunJson.settings(training.tune().byContent()), "tune");
        var made =
                new ArrayList<Object>(
                        List.of(
                                named.getOrDefault("learns", ""),
                                training.dpoBeta(),
                                training.fimRate(),
                                tune,
                                training.tune().seed().orElse(project.seed()),
                                rows,
                                model));
        if (training.objective() == Training.Objective.CROSS_ENCODER) {
            made.addAll(
                    List.of(
                            training.negatives(),
                            named.getOrDefault("negatives_from", ""),
                            project.retrieval().language()));
        }
        return training.name() + "-" + Sha256.of(RunJson.line(made)).substring(0, 8);
    }
}
