package dev.sartor.jobs;

import dev.sartor.serve.ModelSource;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.job.Answering;
import dev.sartor.serve.job.Batches;
import dev.sartor.serve.job.Files;
import dev.sartor.serve.job.FineTunings;
import dev.sartor.serve.job.JobPorts;
import dev.sartor.state.State;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Files, trainings and batches of one server, in a folder and in its state.
public final class Jobs implements JobPorts, AutoCloseable {
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final JobFolder folder;
    private final FilesInFolder files;
    private final TunedModels tuned;
    private final FineTuningQueue tunings;
    private final FineTuningWorker worker;
    private final BatchQueue batches;
    private final Thread training;

    /// What can be tuned, and how.
    ///
    /// @param name of the model, as callers say it
    /// @param model as the command finds it
    /// @param use what models are for, as a project file writes it
    /// @param adapted the model with the adapter of a folder on
    public record Tunable(
            String name,
            String model,
            String use,
            Trainer trainer,
            Function<Path, ServedModel> adapted) {}

    private Jobs(
            Path place,
            State state,
            Tunable tunable,
            FileLimits limits,
            Clock clock,
            RandomGenerator random) {
        var ids = new Ids(random);
        this.folder = JobFolder.open(place, ids);
        try {
            var rows = state.jobs(folder.place());
            var bell = new Bell();
            this.files = new FilesInFolder(folder, state.files(folder.place()), limits, clock, ids);
            this.tuned = new TunedModels(tunable.adapted());
            this.tunings = new FineTuningQueue(rows, tunable.name(), clock, ids, bell);
            var setting =
                    new FineTuningWorker.Setting(
                            tunable.trainer(),
                            new TrainingProject.BaseModel(tunable.model(), tunable.use()),
                            tunable.name(),
                            clock,
                            RETRY);
            this.worker = new FineTuningWorker(rows, folder, files, tuned, setting, bell);
            this.batches = new BatchQueue(rows, folder, files, clock, ids);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
        this.training = Thread.ofVirtual().name("sartor-fine-tuning").start(worker::work);
    }

    /// Opens the folder, and goes on with what is not done.
    ///
    /// @param random makes ids; thread-safe, and as hard to guess as they shall be
    public static Jobs open(
            Path folder,
            State state,
            Tunable tunable,
            FileLimits limits,
            Clock clock,
            RandomGenerator random) {
        return new Jobs(folder, state, tunable, limits, clock, random);
    }

    /// What was trained, and behind it others.
    public ModelSource before(ModelSource others) {
        return tuned.before(others);
    }

    @Override
    public Files files() {
        return files;
    }

    @Override
    public FineTunings tunings() {
        return tunings;
    }

    @Override
    public Batches batches() {
        return batches;
    }

    @Override
    public void begin(Answering answering) {
        batches.begin(answering);
    }

    @Override
    public void end() {
        batches.end();
    }

    /// A training that runs writes a checkpoint, from which the next server goes on.
    @Override
    public void close() {
        batches.end();
        worker.close();
        try {
            training.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        folder.close();
    }
}
