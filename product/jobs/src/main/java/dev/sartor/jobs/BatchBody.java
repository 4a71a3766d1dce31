package dev.sartor.jobs;

import dev.sartor.core.Json;
import dev.sartor.serve.job.Batch;
import dev.sartor.serve.job.Batch.Counts;
import dev.sartor.serve.job.Batch.LineError;
import dev.sartor.serve.job.Batch.Status;
import dev.sartor.serve.job.BatchRequest;
import dev.sartor.state.StoredJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Batches as they are kept.
final class BatchBody {
    static final String KIND = "batch";

    private static final String KEY = "key";
    private static final String MOMENTS = "moments";
    private static final String OUTPUT = "output";
    private static final String REFUSED = "refused";
    private static final String ERRORS = "errors";
    private static final String COUNTS = "counts";

    private BatchBody() {}

    static ObjectNode of(BatchRequest request, Optional<String> key, Instant now) {
        var body = Json.mapper().createObjectNode();
        body.put("input_file", request.inputFile()).put("endpoint", request.endpoint().name());
        key.ifPresent(id -> body.put(KEY, id));
        var metadata = body.putObject("metadata");
        request.metadata().forEach(metadata::put);
        body.putObject(MOMENTS).put(Status.VALIDATING.name(), now.toEpochMilli());
        return body;
    }

    static BatchRequest request(StoredJob job) {
        var body = job.body();
        var metadata = new LinkedHashMap<String, String>();
        body.path("metadata")
                .properties()
                .forEach(each -> metadata.put(each.getKey(), each.getValue().asString("")));
        return new BatchRequest(
                body.path("input_file").asString(""),
                BatchRequest.Endpoint.valueOf(body.path("endpoint").asString("CHAT")),
                metadata);
    }

    static Optional<String> key(StoredJob job) {
        return FineTuningBody.text(job.body(), KEY);
    }

    static Status status(StoredJob job) {
        return Status.valueOf(job.status().toUpperCase(Locale.ROOT));
    }

    static Batch batch(StoredJob job) {
        var body = job.body();
        var moments = new EnumMap<Status, Instant>(Status.class);
        body.path(MOMENTS)
                .properties()
                .forEach(each ->
                        moments.put(
                                Status.valueOf(each.getKey()),
                                Instant.ofEpochMilli(each.getValue().asLong(0))));
        boolean isEnd = status(job).isEnd();
        return new Batch(
                job.id(),
                request(job),
                status(job),
                moments,
                new Batch.Result(
                        output(job).filter(_ -> isEnd),
                        refused(job).filter(_ -> isEnd),
                        errors(body),
                        counts(body)));
    }

    static Optional<String> output(StoredJob job) {
        return FineTuningBody.text(job.body(), OUTPUT);
    }

    static Optional<String> refused(StoredJob job) {
        return FineTuningBody.text(job.body(), REFUSED);
    }

    private static Counts counts(JsonNode body) {
        var counts = body.path(COUNTS);
        return new Counts(
                counts.path("total").asInt(0),
                counts.path("completed").asInt(0),
                counts.path("failed").asInt(0));
    }

    private static List<LineError> errors(JsonNode body) {
        var errors = new ArrayList<LineError>();
        for (var each : body.path(ERRORS)) {
            var line = each.path("line");
            errors.add(
                    new LineError(
                            each.path("code").asString(""),
                            each.path("message").asString(""),
                            line.isNumber() ? Optional.of(line.intValue()) : Optional.empty()));
        }
        return errors;
    }

    static StoredJob at(StoredJob job, Status status, Instant now) {
        var body = job.body();
        ((ObjectNode) body.get(MOMENTS)).put(status.name(), now.toEpochMilli());
        return job.with(status.text(), body);
    }

    static StoredJob with(StoredJob job, Counts counts) {
        var body = job.body();
        body.putObject(COUNTS)
                .put("total", counts.total())
                .put("completed", counts.completed())
                .put("failed", counts.failed());
        return job.with(job.status(), body);
    }

    static StoredJob with(StoredJob job, List<LineError> errors) {
        var body = job.body();
        var list = body.putArray(ERRORS);
        for (var error : errors) {
            var node = list.addObject().put("code", error.code()).put("message", error.message());
            error.line().ifPresent(line -> node.put("line", line));
        }
        return job.with(job.status(), body);
    }

    /// Which files its answers will be, before they are: whoever goes on writes the same ones.
    ///
    /// @param files `output` and `refused`, as far as there are such lines
    /// @param end what becomes of it then
    static StoredJob finalizing(StoredJob job, Map<String, String> files, Status end, Instant now) {
        var body = at(job, Status.FINALIZING, now).body();
        files.forEach(body::put);
        return job.with(Status.FINALIZING.text(), body.put("end", end.name()));
    }

    static Status end(StoredJob job) {
        return Status.valueOf(job.body().path("end").asString(Status.COMPLETED.name()));
    }
}
