package dev.sartor.serve.openai.job;

import dev.sartor.core.Json;
import dev.sartor.serve.http.Complaints;
import dev.sartor.serve.http.Fields;
import dev.sartor.serve.job.FineTuningRequest;
import dev.sartor.serve.job.FineTuningRequest.Hyperparameters;
import dev.sartor.serve.job.FineTuningRequest.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads the body of a fine-tuning job, with nothing in it that would be ignored.
final class FineTuningFields {
    private static final int MOST_EPOCHS = 1000;
    private static final int MOST_BATCH = 4096;
    private static final double MOST_MULTIPLIER = 900;
    private static final double MOST_BETA = 10;
    private static final int USUAL_SEED = 1;
    private static final Hyperparameters USUAL =
            new Hyperparameters(Optional.empty(), Optional.empty(), Optional.empty());
    private static final Pattern SUFFIX = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Fields fields;
    private final Complaints complaints;

    private FineTuningFields(Fields fields, Complaints complaints) {
        this.fields = fields;
        this.complaints = complaints;
    }

    /// @throws Refused with every parameter that is missing, wrong, unknown or unsupported
    static FineTuningRequest read(JsonNode body) {
        var complaints = new Complaints();
        var fields = new Fields(body, "", complaints);
        var request = new FineTuningFields(fields, complaints).request();
        fields.refuseOthers();
        complaints.throwIfAny();
        return request;
    }

    private FineTuningRequest request() {
        fields.missing("model", "the name of a model that this server was started with");
        fields.missing("training_file", "the id of a file");
        fields.only(
                "integrations",
                "[]: nothing is reported elsewhere",
                node -> node.isArray() && node.isEmpty());
        var request =
                new FineTuningRequest(
                        fields.text("model").orElse(""),
                        fields.text("training_file").orElse(""),
                        fields.text("validation_file"),
                        suffix(),
                        method(),
                        metadata(fields));
        if (request.method() instanceof FineTuningRequest.Dpo
                && request.validationFile().isPresent()) {
            complaints.unsupported(
                    "validation_file",
                    "with dpo the last state is kept, and nothing is chosen by a file");
        }
        return request;
    }

    private Optional<String> suffix() {
        return fields.checked(
                        "suffix",
                        "1 to 64 letters, digits and . _ -",
                        node -> node.isString() && SUFFIX.matcher(node.stringValue()).matches())
                .map(JsonNode::stringValue);
    }

    static Map<String, String> metadata(Fields fields) {
        var metadata = new LinkedHashMap<String, String>();
        fields.checked(
                        "metadata",
                        "up to 16 texts of at most 512 characters, by names of at most 64",
                        Asked::isMetadata)
                .ifPresent(node ->
                        node.properties()
                                .forEach(each ->
                                        metadata.put(
                                                each.getKey(), each.getValue().stringValue())));
        return metadata;
    }

    private Method method() {
        long seed =
                fields.wholeNumber("seed", "a whole number from 0", 0, Integer.MAX_VALUE)
                        .orElse(USUAL_SEED);
        var old = fields.checked("hyperparameters", "an object", JsonNode::isObject);
        var method = fields.checked("method", "an object", JsonNode::isObject);
        var before = old.map(node -> hyperparameters(node, "hyperparameters.", false).numbers());
        if (method.isEmpty()) {
            return new FineTuningRequest.Supervised(before.orElse(USUAL), seed);
        }
        if (before.filter(numbers -> !numbers.equals(USUAL)).isPresent()) {
            complaints.unsupported("hyperparameters", "they stand in method");
        }
        return method(new Fields(method.get(), "method.", complaints), seed);
    }

    private Method method(Fields inner, long seed) {
        inner.missing("type", "supervised or dpo");
        var type = inner.text("type").orElse("");
        inner.unsupported("reinforcement", "models here learn by supervised and dpo");
        if (!type.equals("supervised") && !type.equals("dpo")) {
            complaints.invalid("method.type", "supervised or dpo", type);
        }
        var isDpo = type.equals("dpo");
        inner.unsupported(isDpo ? "supervised" : "dpo", "method.type is " + type);
        var own = inner.checked(isDpo ? "dpo" : "supervised", "an object", JsonNode::isObject);
        inner.refuseOthers();
        var read =
                own.map(node -> ofMethod(node, "method." + type + ".", isDpo))
                        .orElse(new Read(USUAL, Optional.empty()));
        return isDpo
                ? new FineTuningRequest.Dpo(read.numbers(), read.beta(), seed)
                : new FineTuningRequest.Supervised(read.numbers(), seed);
    }

    private record Read(Hyperparameters numbers, Optional<Double> beta) {}

    private Read ofMethod(JsonNode node, String path, boolean isDpo) {
        var inner = new Fields(node, path, complaints);
        var read =
                inner.checked("hyperparameters", "an object", JsonNode::isObject)
                        .map(found -> hyperparameters(found, path + "hyperparameters.", isDpo))
                        .orElse(new Read(USUAL, Optional.empty()));
        inner.refuseOthers();
        return read;
    }

    private Read hyperparameters(JsonNode node, String path, boolean isDpo) {
        var inner = new Fields(withoutAuto(node), path, complaints);
        var numbers =
                new Hyperparameters(
                        inner.wholeNumber(
                                "n_epochs", "auto or 1 to " + MOST_EPOCHS, 1, MOST_EPOCHS),
                        inner.wholeNumber(
                                "batch_size", "auto or 1 to " + MOST_BATCH, 1, MOST_BATCH),
                        inner.number(
                                "learning_rate_multiplier",
                                "auto or above 0 and at most " + (int) MOST_MULTIPLIER,
                                value -> value > 0 && value <= MOST_MULTIPLIER));
        var beta =
                isDpo
                        ? inner.number(
                                "beta",
                                "auto or above 0 and at most " + (int) MOST_BETA,
                                value -> value > 0 && value <= MOST_BETA)
                        : Optional.<Double>empty();
        inner.refuseOthers();
        return new Read(numbers, beta);
    }

    /// `auto` is the same as nothing.
    private static JsonNode withoutAuto(JsonNode node) {
        var kept = Json.mapper().createObjectNode();
        node.properties()
                .forEach(each -> {
                    if (each.getValue().isString()
                            && each.getValue().stringValue().equals("auto")) {
                        kept.putNull(each.getKey());
                    } else {
                        kept.set(each.getKey(), each.getValue());
                    }
                });
        return kept;
    }
}
