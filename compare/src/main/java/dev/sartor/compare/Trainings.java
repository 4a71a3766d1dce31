package dev.sartor.compare;

import dev.sartor.core.AtomicFile;
import dev.sartor.core.Sha256;
import dev.sartor.data.RowFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The trainings of a project that are no task's. Each is done once, and found where it is finished.
public final class Trainings {
    private final Project project;
    private final Path folder;
    private final Circumstances circumstances;

    /// @param folder the project's
    public Trainings(Project project, Path folder, Circumstances circumstances) {
        this.project = project;
        this.folder = folder;
        this.circumstances = circumstances;
    }

    private record Read(TrainingRequest.Material material, String sha256) {}

    /// What was trained; gone on with where it was stopped.
    public TaskTuning.Outcome run(Training training) {
        var rows = read(training);
        var model = training.model(project);
        var id = id(training, rows.sha256(), circumstances.engines().digest(model));
        var place = Runs.of(folder).adapterFolder(id);
        var finished = place.resolve("training.json");
        if (Files.isRegularFile(finished)) {
            return new TaskTuning.Outcome(place, RunJson.read(finished, TunedAdapter.class));
        }
        var request =
                new TrainingRequest(model, rows.material(), training.tune(), project.seed(), place);
        var tuned =
                circumstances
                        .engines()
                        .train(request, circumstances.progress(), circumstances.cancellation());
        tuned.said().forEach(circumstances.progress()::say);
        AtomicFile.write(finished, RunJson.pretty(tuned));
        return new TaskTuning.Outcome(place, tuned);
    }

    private static Read read(Training training) {
        var file = training.train();
        return switch (training.learns()) {
            case TEXT -> {
                var rows = RowFile.texts(file);
                yield new Read(
                        new TrainingRequest.Texts(rows.rows(), training.fim()), rows.sha256());
            }
            case WORDS -> {
                var rows = RowFile.texts(file);
                yield new Read(new TrainingRequest.Words(rows.rows()), rows.sha256());
            }
            case PREFERENCES -> {
                var rows = RowFile.preferences(file);
                yield new Read(
                        new TrainingRequest.Preferences(rows.rows(), training.beta()),
                        rows.sha256());
            }
            case MEANINGS -> {
                var rows = RowFile.similar(file);
                var validation = training.validation().map(RowFile::similar);
                yield new Read(
                        new TrainingRequest.Meanings(
                                rows.rows(), validation.map(RowFile::rows).orElse(List.of())),
                        rows.sha256() + validation.map(RowFile::sha256).orElse(""));
            }
        };
    }

    private String id(Training training, String rows, String model) {
        var made =
                List.of(
                        training.learns(),
                        training.beta(),
                        training.fim(),
                        training.tune().byContent(),
                        training.tune().seed().orElse(project.seed()),
                        rows,
                        model);
        return training.name() + "-" + Sha256.of(RunJson.line(made)).substring(0, 8);
    }
}
