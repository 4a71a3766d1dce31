package dev.sartor.jobs;

import dev.sartor.core.SartorException;
import dev.sartor.serve.job.Checkpoint;
import dev.sartor.serve.job.FineTuningJob;
import dev.sartor.serve.job.FineTuningJob.Status;
import dev.sartor.serve.job.FineTuningRequest;
import dev.sartor.serve.job.FineTunings;
import dev.sartor.serve.job.JobEvent;
import dev.sartor.serve.job.Owner;
import dev.sartor.serve.job.Page;
import dev.sartor.state.StoredJob;
import dev.sartor.state.StoredJobs;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Fine-tuning jobs in the state's database: what callers ask of them.
final class FineTuningQueue implements FineTunings {
    /// Jobs of one owner that are not done.
    private static final int MOST_OPEN = 20;

    private static final List<String> OPEN =
            List.of(
                    Status.VALIDATING_FILES.text(),
                    Status.QUEUED.text(),
                    Status.RUNNING.text(),
                    Status.PAUSED.text());

    private final StoredJobs jobs;
    private final String model;
    private final Clock clock;
    private final Ids ids;
    private final Bell bell;

    /// @param model the name of the model that can be tuned
    /// @param bell rung where there is something to do
    FineTuningQueue(StoredJobs jobs, String model, Clock clock, Ids ids, Bell bell) {
        this.jobs = jobs;
        this.model = model;
        this.clock = clock;
        this.ids = ids;
        this.bell = bell;
    }

    @Override
    public boolean tunes(String name) {
        return name.equals(model);
    }

    @Override
    public FineTuningJob create(Owner owner, FineTuningRequest request) {
        var job =
                new StoredJob(
                        ids.next("ftjob-"),
                        FineTuningBody.KIND,
                        owner,
                        Status.VALIDATING_FILES.text(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        FineTuningBody.of(request));
        if (!jobs.add(job, OPEN, MOST_OPEN)) {
            throw SartorException.user(
                    "you have "
                            + MOST_OPEN
                            + " fine-tuning jobs that are not done, which is all that is taken on: cancel one, or"
                            + " wait for one.");
        }
        jobs.tell(job.id(), JobEvent.Level.INFO, "Created fine-tuning job: " + job.id(), Map.of());
        bell.ring();
        return FineTuningBody.job(job);
    }

    @Override
    public Page.Part<FineTuningJob> list(Owner owner, Page page) {
        var part = jobs.list(FineTuningBody.KIND, owner, page);
        return new Page.Part<>(
                part.items().stream().map(FineTuningBody::job).toList(), part.hasMore());
    }

    @Override
    public Optional<FineTuningJob> find(Owner owner, String id) {
        return jobs.find(FineTuningBody.KIND, owner, id).map(FineTuningBody::job);
    }

    @Override
    public Optional<Page.Part<JobEvent>> events(Owner owner, String id, Page page) {
        return jobs.find(FineTuningBody.KIND, owner, id).map(_ -> jobs.events(id, page));
    }

    @Override
    public Optional<Page.Part<Checkpoint>> checkpoints(Owner owner, String id, Page page) {
        return jobs.find(FineTuningBody.KIND, owner, id)
                .map(job ->
                        Page.Part.of(
                                page.after().isPresent()
                                        ? List.of()
                                        : FineTuningBody.checkpoint(job).stream().toList(),
                                page.limit()));
    }

    @Override
    public Optional<FineTuningJob> ask(Owner owner, String id, Wish wish) {
        if (jobs.find(FineTuningBody.KIND, owner, id).isEmpty()) {
            return Optional.empty();
        }
        var after = jobs.change(id, job -> asked(job, wish));
        after.filter(job -> job.status().equals(wished(wish).text()))
                .ifPresent(job -> {
                    jobs.tell(id, JobEvent.Level.INFO, said(wish), Map.of());
                    bell.ring();
                });
        return after.map(FineTuningBody::job);
    }

    private static String said(Wish wish) {
        return switch (wish) {
            case CANCEL -> "Fine-tuning job was cancelled";
            case PAUSE -> "Fine-tuning job was paused";
            case RESUME -> "Fine-tuning job was resumed";
        };
    }

    private static Status wished(Wish wish) {
        return switch (wish) {
            case CANCEL -> Status.CANCELLED;
            case PAUSE -> Status.PAUSED;
            case RESUME -> Status.VALIDATING_FILES;
        };
    }

    /// What was resumed is looked through again: its files may not have been.
    private StoredJob asked(StoredJob job, Wish wish) {
        var status = FineTuningBody.status(job);
        boolean may =
                switch (wish) {
                    case CANCEL -> !status.isEnd();
                    case PAUSE -> !status.isEnd() && status != Status.PAUSED;
                    case RESUME -> status == Status.PAUSED;
                };
        if (!may) {
            throw SartorException.user(
                    "the job "
                            + job.id()
                            + " is "
                            + status.text()
                            + ": a job that is not done can be cancelled or paused, and a paused one resumed.");
        }
        return wish == Wish.CANCEL
                ? FineTuningBody.ended(job, Status.CANCELLED, clock.instant())
                : FineTuningBody.with(job, wished(wish));
    }
}
