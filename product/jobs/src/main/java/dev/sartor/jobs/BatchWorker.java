package dev.sartor.jobs;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.serve.job.Answering;
import dev.sartor.serve.job.Batch.Counts;
import dev.sartor.serve.job.Batch.LineError;
import dev.sartor.serve.job.Batch.Status;
import dev.sartor.state.StoredJob;
import dev.sartor.state.StoredJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Works batches off, one line after the other, behind the requests of clients that wait. A line whose answer is on the disk is not
/// asked again, whenever the process dies.
final class BatchWorker {
    private static final Logger LOG = LoggerFactory.getLogger(BatchWorker.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration NEXT_TRY = Duration.ofMillis(100);
    private static final Duration WINDOW = Duration.ofHours(24);
    private static final String INPUT = "input.jsonl";
    private static final String OUTPUT = "output";
    private static final String REFUSED = "refused";

    private final BatchQueue queue;
    private final Setting setting;
    private final Answering answering;
    private final AtomicBoolean closing = new AtomicBoolean();

    /// With what it works.
    record Setting(StoredJobs jobs, JobFolder folder, FilesInFolder files, Clock clock, Ids ids) {}

    BatchWorker(BatchQueue queue, Setting setting, Answering answering) {
        this.queue = queue;
        this.setting = setting;
        this.answering = answering;
    }

    void close() {
        closing.set(true);
    }

    void work() {
        while (!closing.get()) {
            try {
                var next = setting.jobs().in(BatchBody.KIND, BatchQueue.OPEN);
                if (!next.isEmpty()) {
                    go(next.getFirst());
                } else if (!queue.bell().await(LOOK)) {
                    return;
                }
            } catch (SartorException e) {
                LOG.warn("batches wait: {}", e.getMessage());
                if (!queue.bell().await(LOOK)) {
                    return;
                }
            }
        }
    }

    private void go(StoredJob job) {
        switch (BatchBody.status(job)) {
            case VALIDATING -> validate(job);
            case IN_PROGRESS -> answer(job);
            case CANCELLING -> finish(job, Status.CANCELLED);
            case FINALIZING -> publish(job);
            case FAILED, COMPLETED, EXPIRED, CANCELLED -> {}
        }
    }

    private Path file(StoredJob job, String name) {
        return setting.folder().job(job.id()).resolve(name);
    }

    private void validate(StoredJob job) {
        var request = BatchBody.request(job);
        var input = new BatchInput(request.endpoint());
        var content = setting.files().content(job.owner(), request.inputFile());
        if (content.isEmpty()) {
            fail(job, "file_not_found", "The input file is not there any more.");
            return;
        }
        try (var in = content.get()) {
            var errors = input.copy(in, file(job, INPUT));
            if (!errors.isEmpty()) {
                move(job, Status.VALIDATING, each -> failed(each, errors));
                return;
            }
        } catch (IOException e) {
            throw SartorException.missing("cannot read a file: " + e.getMessage(), e);
        }
        move(
                job,
                Status.VALIDATING,
                each ->
                        BatchBody.with(
                                BatchBody.at(each, Status.IN_PROGRESS, setting.clock().instant()),
                                new Counts(input.requests(), 0, 0)));
    }

    private void fail(StoredJob job, String code, String message) {
        var errors = List.of(new LineError(code, message, Optional.empty()));
        move(job, BatchBody.status(job), each -> failed(each, errors));
    }

    private StoredJob failed(StoredJob job, List<LineError> errors) {
        return BatchBody.with(BatchBody.at(job, Status.FAILED, setting.clock().instant()), errors);
    }

    /// Unless something else became of it meanwhile.
    private void move(StoredJob job, Status from, UnaryOperator<StoredJob> change) {
        setting.jobs()
                .change(
                        job.id(),
                        each -> BatchBody.status(each) == from ? change.apply(each) : each);
    }

    private void answer(StoredJob job) {
        try (var output = AnswerLog.open(file(job, OUTPUT));
                var refused = AnswerLog.open(file(job, REFUSED));
                var in = Files.newInputStream(file(job, INPUT))) {
            var lines = new Lines(in);
            var logs = new Logs(output, refused);
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                var request = BatchInput.request(line.get().text());
                if (logs.have(request.id())) {
                    continue;
                }
                if (!answer(job, request, logs)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw SartorException.missing("cannot read a batch: " + e.getMessage(), e);
        }
        finish(job, Status.COMPLETED);
    }

    /// The answers, and the requests that got none.
    private record Logs(AnswerLog output, AnswerLog refused) {
        boolean have(String id) {
            return output.done().contains(id) || refused.done().contains(id);
        }
    }

    /// Until there is an answer.
    ///
    /// @return false where the batch goes on no further
    private boolean answer(StoredJob job, BatchInput.Request request, Logs logs) {
        var endpoint = BatchBody.request(job).endpoint();
        while (goesOn(job)) {
            switch (answering.answer(BatchBody.key(job), endpoint, request.body())) {
                case Answering.Later _ -> queue.bell().await(NEXT_TRY);
                case Answering.Barred barred -> {
                    bar(job, barred.reason());
                    return false;
                }
                case Answering.Replied replied -> {
                    var log = replied.status() == 200 ? logs.output() : logs.refused();
                    log.append(line(request, replied));
                    count(job, logs);
                    return true;
                }
            }
        }
        return false;
    }

    private boolean goesOn(StoredJob job) {
        if (closing.get() || Thread.currentThread().isInterrupted()) {
            return false;
        }
        if (setting.clock().instant().isAfter(job.created().plus(WINDOW))) {
            finish(job, Status.EXPIRED);
            return false;
        }
        return setting.jobs().find(BatchBody.KIND, job.owner(), job.id()).stream()
                .anyMatch(each -> BatchBody.status(each) == Status.IN_PROGRESS);
    }

    private ObjectNode line(BatchInput.Request request, Answering.Replied replied) {
        var line =
                Json.mapper()
                        .createObjectNode()
                        .put("id", setting.ids().next("batch_req_"))
                        .put("custom_id", request.id());
        line.putObject("response")
                .put("status_code", replied.status())
                .put("request_id", replied.requestId())
                .set("body", replied.body());
        return line.putNull("error");
    }

    private void count(StoredJob job, Logs logs) {
        setting.jobs()
                .change(
                        job.id(),
                        each -> {
                            int total = BatchBody.batch(each).result().counts().total();
                            return BatchBody.with(
                                    each,
                                    new Counts(
                                            total, logs.output().lines(), logs.refused().lines()));
                        });
    }

    private void bar(StoredJob job, String reason) {
        var errors = List.of(new LineError("access_ended", reason, Optional.empty()));
        move(job, Status.IN_PROGRESS, each -> BatchBody.with(each, errors));
        finish(job, Status.FAILED);
    }

    /// What was answered until then becomes files.
    private void finish(StoredJob job, Status end) {
        var files = new LinkedHashMap<String, String>();
        for (var name : List.of(OUTPUT, REFUSED)) {
            if (file(job, name).toFile().length() > 0) {
                files.put(name, setting.ids().next("file-"));
            }
        }
        var from = end == Status.CANCELLED ? Status.CANCELLING : Status.IN_PROGRESS;
        move(job, from, each -> BatchBody.finalizing(each, files, end, setting.clock().instant()));
    }

    private void publish(StoredJob job) {
        BatchBody.output(job)
                .ifPresent(id ->
                        setting.files()
                                .keepMade(
                                        job.owner(),
                                        id,
                                        job.id() + "_output.jsonl",
                                        file(job, OUTPUT)));
        BatchBody.refused(job)
                .ifPresent(id ->
                        setting.files()
                                .keepMade(
                                        job.owner(),
                                        id,
                                        job.id() + "_error.jsonl",
                                        file(job, REFUSED)));
        move(
                job,
                Status.FINALIZING,
                each -> BatchBody.at(each, BatchBody.end(each), setting.clock().instant()));
        try {
            JobFolder.empty(setting.folder().job(job.id()));
            Files.deleteIfExists(setting.folder().job(job.id()));
        } catch (IOException e) {
            LOG.warn("the folder of {} was left behind", job.id(), e);
        }
    }
}
