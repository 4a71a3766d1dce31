package dev.sartor.jobs;

import dev.sartor.core.Json;
import dev.sartor.serve.job.Checkpoint;
import dev.sartor.serve.job.FineTuningJob;
import dev.sartor.serve.job.FineTuningRequest;
import dev.sartor.serve.job.FineTuningRequest.Hyperparameters;
import dev.sartor.serve.job.JobError;
import dev.sartor.state.StoredJob;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Fine-tuning jobs as they are kept.
final class FineTuningBody {
    static final String KIND = "fine_tuning";

    private static final String REQUEST = "request";
    private static final String ERROR = "error";
    private static final String FINISHED = "finished";
    private static final String MODEL = "model";
    private static final String ADAPTER = "adapter";
    private static final String METRICS = "metrics";
    private static final String STEP = "step";

    private FineTuningBody() {}

    static ObjectNode of(FineTuningRequest request) {
        var body = Json.mapper().createObjectNode();
        var asked =
                body.putObject(REQUEST)
                        .put(MODEL, request.model())
                        .put("training_file", request.trainingFile())
                        .put("seed", request.method().seed());
        request.validationFile().ifPresent(id -> asked.put("validation_file", id));
        request.suffix().ifPresent(text -> asked.put("suffix", text));
        var numbers = request.method().hyperparameters();
        numbers.epochs().ifPresent(count -> asked.put("n_epochs", count));
        numbers.batch().ifPresent(count -> asked.put("batch_size", count));
        numbers.rateMultiplier().ifPresent(times -> asked.put("learning_rate_multiplier", times));
        asked.put("dpo", request.method() instanceof FineTuningRequest.Dpo);
        if (request.method() instanceof FineTuningRequest.Dpo dpo) {
            dpo.beta().ifPresent(beta -> asked.put("beta", beta));
        }
        var metadata = asked.putObject("metadata");
        request.metadata().forEach(metadata::put);
        return body;
    }

    static FineTuningRequest request(StoredJob job) {
        var asked = job.body().path(REQUEST);
        var numbers =
                new Hyperparameters(
                        number(asked, "n_epochs").map(JsonNode::intValue),
                        number(asked, "batch_size").map(JsonNode::intValue),
                        number(asked, "learning_rate_multiplier").map(JsonNode::doubleValue));
        long seed = asked.path("seed").asLong(0);
        var metadata = new LinkedHashMap<String, String>();
        asked.path("metadata")
                .properties()
                .forEach(each -> metadata.put(each.getKey(), each.getValue().asString("")));
        return new FineTuningRequest(
                asked.path(MODEL).asString(""),
                asked.path("training_file").asString(""),
                text(asked, "validation_file"),
                text(asked, "suffix"),
                asked.path("dpo").asBoolean(false)
                        ? new FineTuningRequest.Dpo(
                                numbers, number(asked, "beta").map(JsonNode::doubleValue), seed)
                        : new FineTuningRequest.Supervised(numbers, seed),
                metadata);
    }

    private static Optional<JsonNode> number(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name)).filter(JsonNode::isNumber);
    }

    static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue);
    }

    static FineTuningJob job(StoredJob job) {
        var body = job.body();
        var error =
                Optional.ofNullable(body.get(ERROR))
                        .map(node ->
                                new JobError(
                                        node.path("code").asString(""),
                                        node.path("message").asString(""),
                                        text(node, "param")));
        var finished = number(body, FINISHED).map(node -> Instant.ofEpochMilli(node.longValue()));
        return new FineTuningJob(
                job.id(),
                job.created(),
                request(job),
                status(job),
                new FineTuningJob.Result(text(body, MODEL), error, finished));
    }

    static FineTuningJob.Status status(StoredJob job) {
        return FineTuningJob.Status.valueOf(job.status().toUpperCase(Locale.ROOT));
    }

    static StoredJob with(StoredJob job, FineTuningJob.Status status) {
        return job.with(status.text());
    }

    static StoredJob ended(StoredJob job, FineTuningJob.Status status, Instant now) {
        return job.with(status.text(), job.body().put(FINISHED, now.toEpochMilli()));
    }

    static StoredJob failed(StoredJob job, JobError error, Instant now) {
        var body = job.body();
        var node = body.putObject(ERROR).put("code", error.code()).put("message", error.message());
        error.param().ifPresent(param -> node.put("param", param));
        return ended(job.with(job.status(), body), FineTuningJob.Status.FAILED, now);
    }

    /// A tuned model.
    ///
    /// @param adapter the folder's path within the job's
    record Tuned(String model, String adapter, int step, Map<String, Double> metrics) {}

    static StoredJob succeeded(StoredJob job, Tuned tuned, Instant now) {
        var body = job.body().put(MODEL, tuned.model()).put(ADAPTER, tuned.adapter());
        var metrics = body.put(STEP, tuned.step()).putObject(METRICS);
        tuned.metrics().forEach(metrics::put);
        return ended(job.with(job.status(), body), FineTuningJob.Status.SUCCEEDED, now);
    }

    static Optional<Tuned> tuned(StoredJob job) {
        var body = job.body();
        return text(body, MODEL)
                .flatMap(model ->
                        text(body, ADAPTER)
                                .map(adapter ->
                                        new Tuned(
                                                model,
                                                adapter,
                                                body.path(STEP).asInt(0),
                                                metrics(body))));
    }

    private static Map<String, Double> metrics(ObjectNode body) {
        var metrics = new HashMap<String, Double>();
        body.path(METRICS)
                .properties()
                .forEach(each -> metrics.put(each.getKey(), each.getValue().doubleValue()));
        return metrics;
    }

    static Optional<Checkpoint> checkpoint(StoredJob job) {
        return tuned(job)
                .map(tuned ->
                        new Checkpoint(
                                job.id().replaceFirst("^ftjob-", "ftckpt_"),
                                job(job).result().finished().orElse(job.created()),
                                tuned.model(),
                                tuned.step(),
                                tuned.metrics()));
    }
}
