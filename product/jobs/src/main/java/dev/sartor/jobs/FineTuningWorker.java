package dev.sartor.jobs;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.serve.job.Files;
import dev.sartor.serve.job.FineTuningJob.Status;
import dev.sartor.serve.job.JobError;
import dev.sartor.serve.job.JobEvent;
import dev.sartor.state.StoredJob;
import dev.sartor.state.StoredJobs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// Works fine-tuning jobs off, one after the other. What a job is and how far it is stands on the disk before and after each step, so
/// that another process can go on at any moment.
final class FineTuningWorker {
    private static final Logger LOG = LoggerFactory.getLogger(FineTuningWorker.class);
    private static final Duration GLANCE = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final int MOST_ATTEMPTS = 3;
    private static final int STOPPED = 130;
    private static final int MISSING = 3;

    /// What the memory planner says where a training does not fit now.
    private static final Pattern NO_MEMORY =
            Pattern.compile(
                    "[^\n]*(need[s]? \\d+ MiB,? and the process may hold \\d+|take \\d+ MiB in \\w+ and \\d+ are free)[^\n]*");

    /// What `tune` says where another process trains in the folder.
    private static final Pattern LOCKED = Pattern.compile("\\(process \\d+, since ");

    private final StoredJobs jobs;
    private final JobFolder folder;
    private final Files files;
    private final TunedModels tuned;
    private final Setting setting;
    private final Bell bell;
    private final Map<String, Instant> deferred = new HashMap<>();
    private final Map<String, String> saidOf = new HashMap<>();
    private final AtomicBoolean closing = new AtomicBoolean();

    /// With what it works.
    ///
    /// @param base what is tuned
    /// @param baseName as callers say it
    /// @param retry how long a job that cannot be trained now waits
    record Setting(
            Trainer trainer,
            TrainingProject.BaseModel base,
            String baseName,
            Clock clock,
            Duration retry) {}

    FineTuningWorker(
            StoredJobs jobs,
            JobFolder folder,
            Files files,
            TunedModels tuned,
            Setting setting,
            Bell bell) {
        this.jobs = jobs;
        this.folder = folder;
        this.files = files;
        this.tuned = tuned;
        this.setting = setting;
        this.bell = bell;
        in(Status.SUCCEEDED).forEach(this::serve);
    }

    private List<StoredJob> in(Status status) {
        return jobs.in(FineTuningBody.KIND, List.of(status.text()));
    }

    private void serve(StoredJob job) {
        FineTuningBody.tuned(job)
                .ifPresent(each ->
                        tuned.add(
                                each.model(),
                                job.owner(),
                                folder.job(job.id()).resolve(each.adapter())));
    }

    /// Until it is closed.
    void work() {
        while (!closing.get()) {
            try {
                boolean did = validateAll();
                did |= trainNext();
                if (!did && !bell.await(LOOK)) {
                    return;
                }
            } catch (SartorException e) {
                LOG.warn("fine-tuning jobs wait: {}", e.getMessage());
                if (!bell.await(LOOK)) {
                    return;
                }
            }
        }
    }

    void close() {
        closing.set(true);
        bell.ring();
    }

    /// @return whether there was one
    private boolean validateAll() {
        var waiting = in(Status.VALIDATING_FILES);
        waiting.forEach(this::validate);
        return !waiting.isEmpty();
    }

    private void validate(StoredJob job) {
        var request = FineTuningBody.request(job);
        var project = folder.job(job.id());
        switch (new TrainingRows(files, job.owner(), request).write(project)) {
            case TrainingRows.Wrong wrong -> fail(job, Status.VALIDATING_FILES, wrong.error());
            case TrainingRows.Written written -> {
                TrainingProject.write(project, job.id(), request, setting.base());
                if (moved(job.id(), Status.VALIDATING_FILES, Status.QUEUED)) {
                    say(job, JobEvent.Level.INFO, said(written));
                }
            }
        }
    }

    private static String said(TrainingRows.Written written) {
        return written.training()
                + " rows are to be learned"
                + (written.heldOut() > 0
                        ? "; as there is no validation_file, "
                                + written.heldOut()
                                + " more are held out, drawn by the seed, and choose the epoch"
                        : written.validation() > 0
                                ? ", " + written.validation() + " choose the epoch"
                                : "");
    }

    /// What ran when a process died comes first.
    private boolean trainNext() {
        var now = setting.clock().instant();
        for (var status : List.of(Status.RUNNING, Status.QUEUED)) {
            for (var job : in(status)) {
                if (!deferred.getOrDefault(job.id(), Instant.MIN).isAfter(now)) {
                    train(job);
                    return true;
                }
            }
        }
        return false;
    }

    private void train(StoredJob job) {
        boolean isNew = moved(job.id(), Status.QUEUED, Status.RUNNING);
        if (!isNew && FineTuningBody.status(job) == Status.QUEUED) {
            return; // it was cancelled or paused
        }
        var project = folder.job(job.id());
        var watch = new TrainingWatch(project, last(job, "Step %"), last(job, "Epoch %"));
        if (!saidOf.containsKey(job.id())) {
            say(
                    job,
                    JobEvent.Level.INFO,
                    isNew ? "Fine-tuning job started" : "Fine-tuning job goes on");
        }
        var run = setting.trainer().start(project);
        Optional<Trainer.Ended> ended = run.endedWithin(GLANCE);
        while (ended.isEmpty()) {
            tell(job, watch);
            if (closing.get() || !isRunning(job)) {
                run.stop();
            }
            validateAll();
            ended = run.endedWithin(GLANCE);
        }
        tell(job, watch);
        if (isRunning(job)) {
            end(job, project, ended.get());
        }
    }

    private boolean isRunning(StoredJob job) {
        return in(Status.RUNNING).stream().anyMatch(each -> each.id().equals(job.id()));
    }

    private void tell(StoredJob job, TrainingWatch watch) {
        for (var seen : watch.next()) {
            jobs.tell(job.id(), JobEvent.Level.INFO, seen.message(), seen.metrics());
        }
    }

    /// The last step that was told of, also by another process.
    private int last(StoredJob job, String pattern) {
        return jobs.lastWith(job.id(), pattern)
                .map(event -> event.metrics().getOrDefault("step", 0.0).intValue())
                .orElse(0);
    }

    private void end(StoredJob job, Path project, Trainer.Ended ended) {
        int exit = ended.exit();
        var memory = NO_MEMORY.matcher(ended.said());
        if (exit == 0) {
            succeed(job, project, ended.result());
        } else if (closing.get() || exit == STOPPED) {
            defer(job); // goes on, here or in the next process
        } else if (exit == MISSING && memory.find()) {
            wait(job, "The job waits for memory: " + memory.group().strip());
        } else if (LOCKED.matcher(ended.said()).find()) {
            wait(job, "The job waits for a process of an earlier server that still trains it.");
        } else if (exit > 128 && attempts(job) < MOST_ATTEMPTS) {
            wait(job, "The training was killed (" + exit + ") and goes on from its checkpoint.");
        } else {
            fail(
                    job,
                    Status.RUNNING,
                    new JobError("training_failed", why(ended, project), Optional.empty()));
        }
    }

    private int attempts(StoredJob job) {
        var after =
                jobs.change(
                        job.id(),
                        each -> {
                            var body = each.body();
                            return each.with(
                                    each.status(),
                                    body.put("kills", body.path("kills").asInt(0) + 1));
                        });
        return after.map(each -> each.body().path("kills").asInt(0)).orElse(MOST_ATTEMPTS);
    }

    private void defer(StoredJob job) {
        deferred.put(job.id(), setting.clock().instant().plus(LOOK));
    }

    /// Back into the line; said once, until something else is to be said.
    private void wait(StoredJob job, String why) {
        deferred.put(job.id(), setting.clock().instant().plus(setting.retry()));
        if (moved(job.id(), Status.RUNNING, Status.QUEUED)
                && !why.equals(saidOf.put(job.id(), why))) {
            say(job, JobEvent.Level.WARN, why);
        }
    }

    private void succeed(StoredJob job, Path project, String result) {
        try {
            var printed = Json.mapper().readTree(result);
            var adapter = project.resolve(printed.path("adapter").asString("")).normalize();
            if (!adapter.startsWith(project)) {
                throw SartorException.defect("a training wrote to " + adapter);
            }
            var kept =
                    TrainingWatch.kept(
                            name(job), project, adapter, printed.path("kept_epoch").asDouble(0));
            var after =
                    jobs.change(
                            job.id(),
                            each ->
                                    FineTuningBody.status(each) == Status.RUNNING
                                            ? FineTuningBody.succeeded(
                                                    each, kept, setting.clock().instant())
                                            : each);
            after.filter(each -> FineTuningBody.status(each) == Status.SUCCEEDED)
                    .ifPresent(each -> {
                        serve(each);
                        say(
                                each,
                                JobEvent.Level.INFO,
                                "New fine-tuned model created: " + kept.model());
                        say(each, JobEvent.Level.INFO, "The job has successfully completed");
                    });
        } catch (JacksonException e) {
            throw SartorException.defect("a training printed no JSON", e);
        }
    }

    /// `ft:BASE:OWNER:SUFFIX:ID`.
    private String name(StoredJob job) {
        var id = job.id();
        return "ft:"
                + setting.baseName()
                + ":"
                + job.owner().label()
                + ":"
                + FineTuningBody.request(job).suffix().orElse("")
                + ":"
                + id.substring(id.length() - 8);
    }

    /// The last of what was said, without where things lie on this machine.
    private static String why(Trainer.Ended ended, Path project) {
        var said = ended.said().replace(project + "/", "").replace(project.toString(), "the job");
        return said.isBlank() ? "The training ended with " + ended.exit() + "." : said;
    }

    private void fail(StoredJob job, Status from, JobError error) {
        var after =
                jobs.change(
                        job.id(),
                        each ->
                                FineTuningBody.status(each) == from
                                        ? FineTuningBody.failed(
                                                each, error, setting.clock().instant())
                                        : each);
        if (after.filter(each -> FineTuningBody.status(each) == Status.FAILED).isPresent()) {
            say(job, JobEvent.Level.ERROR, error.message());
        }
    }

    private void say(StoredJob job, JobEvent.Level level, String message) {
        jobs.tell(job.id(), level, message, Map.of());
    }

    /// Unless something else became of it meanwhile.
    private boolean moved(String id, Status from, Status to) {
        var isMoved = new AtomicBoolean();
        jobs.change(
                id,
                job -> {
                    isMoved.set(FineTuningBody.status(job) == from);
                    return isMoved.get() ? FineTuningBody.with(job, to) : job;
                });
        return isMoved.get();
    }
}
