package dev.sartor.serve.job;

import java.util.Optional;

/// Trainings of callers. Whoever is not a job's owner is told the same of it as of one that is not there. Thread-safe.
public interface FineTunings {
    /// Whether a model can be tuned here.
    boolean tunes(String model);

    /// Puts a job into the line.
    ///
    /// @throws dev.sartor.core.SartorException a user's error where the owner has too many that are not done
    FineTuningJob create(Owner owner, FineTuningRequest request);

    Page.Part<FineTuningJob> list(Owner owner, Page page);

    Optional<FineTuningJob> find(Owner owner, String id);

    /// Its events, newest first; empty where there is no such job.
    Optional<Page.Part<JobEvent>> events(Owner owner, String id, Page page);

    /// Empty where there is no such job.
    Optional<Page.Part<Checkpoint>> checkpoints(Owner owner, String id, Page page);

    /// What is to become of a job.
    enum Wish {
        CANCEL,
        PAUSE,
        RESUME
    }

    /// The job as it is then, which may be as it was; empty where there is no such job.
    ///
    /// @throws dev.sartor.core.SartorException a user's error where a job in its state cannot
    Optional<FineTuningJob> ask(Owner owner, String id, Wish wish);
}
