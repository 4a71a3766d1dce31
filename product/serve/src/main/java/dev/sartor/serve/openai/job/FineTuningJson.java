package dev.sartor.serve.openai.job;

import dev.sartor.core.Json;
import dev.sartor.serve.job.Checkpoint;
import dev.sartor.serve.job.FineTuningJob;
import dev.sartor.serve.job.FineTuningRequest;
import dev.sartor.serve.job.JobEvent;
import dev.sartor.serve.job.Owner;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of fine-tuning jobs.
final class FineTuningJson {
    private FineTuningJson() {}

    static ObjectNode job(FineTuningJob job, Owner owner) {
        var request = job.request();
        var json =
                Json.mapper()
                        .createObjectNode()
                        .put("object", "fine_tuning.job")
                        .put("id", job.id())
                        .put("model", request.model())
                        .put("created_at", job.created().getEpochSecond())
                        .put("status", job.status().text())
                        .put("training_file", request.trainingFile())
                        .put("organization_id", owner.label())
                        .put("seed", request.method().seed());
        put(json, "validation_file", request.validationFile());
        put(json, "user_provided_suffix", request.suffix());
        put(json, "fine_tuned_model", job.result().model());
        job.result()
                .finished()
                .ifPresentOrElse(
                        time -> json.put("finished_at", time.getEpochSecond()),
                        () -> json.putNull("finished_at"));
        json.putNull("estimated_finish").putNull("trained_tokens");
        json.putArray("result_files");
        json.putArray("integrations");
        method(json, request.method());
        var metadata = json.putObject("metadata");
        request.metadata().forEach(metadata::put);
        error(json, job);
        return json;
    }

    private static void error(ObjectNode json, FineTuningJob job) {
        var error = job.result().error();
        if (error.isEmpty()) {
            json.putNull("error");
            return;
        }
        var node =
                json.putObject("error")
                        .put("code", error.get().code())
                        .put("message", error.get().message());
        put(node, "param", error.get().param());
    }

    private static void method(ObjectNode json, FineTuningRequest.Method method) {
        var numbers = hyperparameters(method.hyperparameters());
        json.set("hyperparameters", numbers);
        var node = json.putObject("method");
        switch (method) {
            case FineTuningRequest.Supervised _ ->
                    node.put("type", "supervised")
                            .putObject("supervised")
                            .set("hyperparameters", numbers.deepCopy());
            case FineTuningRequest.Dpo dpo -> {
                var own = numbers.deepCopy();
                dpo.beta()
                        .ifPresentOrElse(
                                beta -> own.put("beta", beta), () -> own.put("beta", "auto"));
                node.put("type", "dpo").putObject("dpo").set("hyperparameters", own);
            }
        }
    }

    private static ObjectNode hyperparameters(FineTuningRequest.Hyperparameters numbers) {
        var json = Json.mapper().createObjectNode();
        numbers.epochs()
                .ifPresentOrElse(
                        count -> json.put("n_epochs", count), () -> json.put("n_epochs", "auto"));
        numbers.batch()
                .ifPresentOrElse(
                        count -> json.put("batch_size", count),
                        () -> json.put("batch_size", "auto"));
        numbers.rateMultiplier()
                .ifPresentOrElse(
                        times -> json.put("learning_rate_multiplier", times),
                        () -> json.put("learning_rate_multiplier", "auto"));
        return json;
    }

    static ObjectNode event(JobEvent event) {
        var json =
                Json.mapper()
                        .createObjectNode()
                        .put("object", "fine_tuning.job.event")
                        .put("id", event.id())
                        .put("created_at", event.created().getEpochSecond())
                        .put("level", event.level().name().toLowerCase(Locale.ROOT))
                        .put("message", event.message())
                        .put("type", event.metrics().isEmpty() ? "message" : "metrics");
        json.set("data", numbers(event.metrics()));
        return json;
    }

    static ObjectNode checkpoint(Checkpoint checkpoint, String job) {
        var json =
                Json.mapper()
                        .createObjectNode()
                        .put("object", "fine_tuning.job.checkpoint")
                        .put("id", checkpoint.id())
                        .put("created_at", checkpoint.created().getEpochSecond())
                        .put("fine_tuned_model_checkpoint", checkpoint.model())
                        .put("fine_tuning_job_id", job)
                        .put("step_number", checkpoint.step());
        json.set("metrics", numbers(checkpoint.metrics()));
        return json;
    }

    private static ObjectNode numbers(Map<String, Double> metrics) {
        var json = Json.mapper().createObjectNode();
        metrics.keySet().stream()
                .sorted()
                .forEach(name -> {
                    double value = metrics.getOrDefault(name, 0.0);
                    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
                        json.put(name, (long) value);
                    } else {
                        json.put(name, value);
                    }
                });
        return json;
    }

    static void put(ObjectNode json, String name, Optional<String> value) {
        value.ifPresentOrElse(text -> json.put(name, text), () -> json.putNull(name));
    }
}
