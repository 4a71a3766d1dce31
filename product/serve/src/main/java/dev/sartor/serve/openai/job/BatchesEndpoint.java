package dev.sartor.serve.openai.job;

import dev.sartor.core.Json;
import dev.sartor.serve.Limits;
import dev.sartor.serve.http.Body;
import dev.sartor.serve.http.Caller;
import dev.sartor.serve.http.Complaints;
import dev.sartor.serve.http.Failure;
import dev.sartor.serve.http.Fields;
import dev.sartor.serve.http.Gate;
import dev.sartor.serve.http.Refused;
import dev.sartor.serve.http.Reply;
import dev.sartor.serve.job.Batch;
import dev.sartor.serve.job.BatchRequest;
import dev.sartor.serve.job.Batches;
import dev.sartor.serve.job.Files;
import dev.sartor.serve.job.Owner;
import dev.sartor.serve.job.Purpose;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/batches`.
public final class BatchesEndpoint {
    private static final int MOST = 100;
    private static final int USUAL = 20;
    private static final String WINDOW = "24h";
    private static final long WINDOW_SECONDS = 24 * 3600L;

    private final Batches batches;
    private final Files files;
    private final Limits limits;
    private final Gate gate;

    public BatchesEndpoint(Batches batches, Files files, Limits limits, Gate gate) {
        this.batches = batches;
        this.files = files;
        this.limits = limits;
        this.gate = gate;
    }

    public void create(Context context) {
        var caller = Caller.of(context);
        refuseToken(caller);
        var owner = Owner.of(caller.principal());
        var request = read(Body.object(context, limits.bodyBytes()));
        if (files.find(owner, request.inputFile())
                .filter(file -> file.purpose() == Purpose.BATCH)
                .isEmpty()) {
            throw new Refused(
                    Failure.client(
                            400,
                            "input_file_id must be the id of a file for batch; there is none such.",
                            Optional.of("input_file_id"),
                            "invalid_input_file"));
        }
        Reply.send(context, 200, json(batches.create(owner, caller.key(), request)));
    }

    /// Its lines are answered when nobody sends a token any more.
    private void refuseToken(Caller caller) {
        if (gate.holder(caller.key(), caller.requestId()).isEmpty()) {
            throw new Refused(
                    Failure.client(
                            403,
                            "A batch is answered later, as the holder of a key, and a token does not last so"
                                    + " long: make it with a key of this server.",
                            "key_needed"));
        }
    }

    private static BatchRequest read(JsonNode body) {
        var complaints = new Complaints();
        var fields = new Fields(body, "", complaints);
        fields.missing("input_file_id", "the id of a file");
        fields.missing("endpoint", "/v1/chat/completions or /v1/embeddings");
        fields.missing("completion_window", WINDOW);
        fields.only(
                "completion_window",
                WINDOW,
                node -> node.isString() && node.stringValue().equals(WINDOW));
        var path = fields.text("endpoint");
        var endpoint =
                Arrays.stream(BatchRequest.Endpoint.values())
                        .filter(each -> path.filter(each.path()::equals).isPresent())
                        .findFirst();
        if (path.isPresent() && endpoint.isEmpty()) {
            complaints.invalid("endpoint", "/v1/chat/completions or /v1/embeddings", path.get());
        }
        var request =
                new BatchRequest(
                        fields.text("input_file_id").orElse(""),
                        endpoint.orElse(BatchRequest.Endpoint.CHAT),
                        FineTuningFields.metadata(fields));
        fields.refuseOthers();
        complaints.throwIfAny();
        return request;
    }

    public void list(Context context) {
        var part = batches.list(owner(context), Asked.page(context, MOST, USUAL, Set.of()));
        Reply.send(context, 200, Asked.list(part, BatchesEndpoint::json, Batch::id));
    }

    public void one(Context context) {
        var batch = batches.find(owner(context), id(context)).orElseThrow(() -> missing(context));
        Reply.send(context, 200, json(batch));
    }

    public void cancel(Context context) {
        var batch = batches.cancel(owner(context), id(context)).orElseThrow(() -> missing(context));
        Reply.send(context, 200, json(batch));
    }

    private static Owner owner(Context context) {
        return Owner.of(Caller.of(context).principal());
    }

    private static String id(Context context) {
        return context.pathParam("id");
    }

    private static Refused missing(Context context) {
        return new Refused(Failure.noSuch("batch", id(context)));
    }

    private static ObjectNode json(Batch batch) {
        var json =
                Json.mapper()
                        .createObjectNode()
                        .put("id", batch.id())
                        .put("object", "batch")
                        .put("endpoint", batch.request().endpoint().path())
                        .put("input_file_id", batch.request().inputFile())
                        .put("completion_window", WINDOW)
                        .put("status", batch.status().text());
        FineTuningJson.put(json, "output_file_id", batch.result().output());
        FineTuningJson.put(json, "error_file_id", batch.result().refused());
        moments(json, batch);
        errors(json, batch);
        var counts = batch.result().counts();
        json.putObject("request_counts")
                .put("total", counts.total())
                .put("completed", counts.completed())
                .put("failed", counts.failed());
        var metadata = json.putObject("metadata");
        batch.request().metadata().forEach(metadata::put);
        return json;
    }

    /// `validating` is when it was created.
    private static void moments(ObjectNode json, Batch batch) {
        for (var status : Batch.Status.values()) {
            var name = status == Batch.Status.VALIDATING ? "created" : status.text();
            var moment = batch.moments().get(status);
            if (moment == null) {
                json.putNull(name + "_at");
                continue;
            }
            json.put(name + "_at", moment.getEpochSecond());
            if (status == Batch.Status.VALIDATING) {
                json.put("expires_at", moment.getEpochSecond() + WINDOW_SECONDS);
            }
        }
    }

    private static void errors(ObjectNode json, Batch batch) {
        if (batch.result().errors().isEmpty()) {
            json.putNull("errors");
            return;
        }
        var data = json.putObject("errors").put("object", "list").putArray("data");
        for (var error : batch.result().errors()) {
            var node = data.addObject().put("code", error.code()).put("message", error.message());
            node.putNull("param");
            error.line()
                    .ifPresentOrElse(line -> node.put("line", line), () -> node.putNull("line"));
        }
    }
}
