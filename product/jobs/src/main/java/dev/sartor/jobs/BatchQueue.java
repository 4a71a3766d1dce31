package dev.sartor.jobs;

import dev.sartor.core.SartorException;
import dev.sartor.serve.job.Answering;
import dev.sartor.serve.job.Batch;
import dev.sartor.serve.job.Batch.Status;
import dev.sartor.serve.job.BatchRequest;
import dev.sartor.serve.job.Batches;
import dev.sartor.serve.job.Owner;
import dev.sartor.serve.job.Page;
import dev.sartor.state.StoredJob;
import dev.sartor.state.StoredJobs;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Batches in the state's database: what callers ask of them. One worker works them off while requests can be answered.
final class BatchQueue implements Batches {
    /// Batches of one owner that are not done.
    private static final int MOST_OPEN = 20;

    static final List<String> OPEN =
            List.of(
                    Status.VALIDATING.text(),
                    Status.IN_PROGRESS.text(),
                    Status.CANCELLING.text(),
                    Status.FINALIZING.text());

    private final StoredJobs jobs;
    private final JobFolder folder;
    private final FilesInFolder files;
    private final Clock clock;
    private final Ids ids;
    private final Bell bell = new Bell();
    private final ReentrantLock turn = new ReentrantLock();
    private Optional<BatchWorker> worker = Optional.empty();
    private Optional<Thread> working = Optional.empty();

    BatchQueue(StoredJobs jobs, JobFolder folder, FilesInFolder files, Clock clock, Ids ids) {
        this.jobs = jobs;
        this.folder = folder;
        this.files = files;
        this.clock = clock;
        this.ids = ids;
    }

    void begin(Answering answering) {
        turn.lock();
        try {
            var begun =
                    new BatchWorker(
                            this,
                            new BatchWorker.Setting(jobs, folder, files, clock, ids),
                            answering);
            worker = Optional.of(begun);
            working = Optional.of(Thread.ofVirtual().name("sartor-batches").start(begun::work));
        } finally {
            turn.unlock();
        }
    }

    /// Returns when the worker has ended.
    void end() {
        turn.lock();
        try {
            worker.ifPresent(BatchWorker::close);
            bell.ring();
            for (var thread : working.stream().toList()) {
                thread.join();
            }
            working = Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            turn.unlock();
        }
    }

    Bell bell() {
        return bell;
    }

    @Override
    public Batch create(Owner owner, Optional<String> key, BatchRequest request) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var job =
                new StoredJob(
                        ids.next("batch_"),
                        BatchBody.KIND,
                        owner,
                        Status.VALIDATING.text(),
                        now,
                        BatchBody.of(request, key, now));
        if (!jobs.add(job, OPEN, MOST_OPEN)) {
            throw SartorException.user(
                    "you have "
                            + MOST_OPEN
                            + " batches that are not done, which is all that is taken on: cancel one, or wait for"
                            + " one.");
        }
        bell.ring();
        return BatchBody.batch(job);
    }

    @Override
    public Page.Part<Batch> list(Owner owner, Page page) {
        var part = jobs.list(BatchBody.KIND, owner, page);
        return new Page.Part<>(
                part.items().stream().map(BatchBody::batch).toList(), part.hasMore());
    }

    @Override
    public Optional<Batch> find(Owner owner, String id) {
        return jobs.find(BatchBody.KIND, owner, id).map(BatchBody::batch);
    }

    @Override
    public Optional<Batch> cancel(Owner owner, String id) {
        if (jobs.find(BatchBody.KIND, owner, id).isEmpty()) {
            return Optional.empty();
        }
        var after = jobs.change(id, this::cancelled);
        bell.ring();
        return after.map(BatchBody::batch);
    }

    private StoredJob cancelled(StoredJob job) {
        var status = BatchBody.status(job);
        if (status.isEnd() || status == Status.FINALIZING) {
            throw SartorException.user(
                    "the batch "
                            + job.id()
                            + " is "
                            + status.text()
                            + ": one that is not done can be cancelled.");
        }
        return status == Status.CANCELLING
                ? job
                : BatchBody.at(job, Status.CANCELLING, clock.instant());
    }
}
