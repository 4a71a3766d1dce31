package dev.sartor.serve.server;

import dev.sartor.serve.Scope;
import dev.sartor.serve.http.AuditTrails;
import dev.sartor.serve.http.Caller;
import dev.sartor.serve.http.Failure;
import dev.sartor.serve.http.Gate;
import dev.sartor.serve.http.Trail;
import dev.sartor.serve.job.Answering;
import dev.sartor.serve.job.BatchRequest;
import dev.sartor.serve.openai.ChatEndpoint;
import dev.sartor.serve.openai.EmbeddingsEndpoint;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/// Answers the lines of batches by the endpoints that answer clients, with the same checks, and an entry in the audit log each.
final class BatchAnswers implements Answering {
    private final Gate gate;
    private final AuditTrails trails;
    private final RandomGenerator random;
    private final ChatEndpoint chat;
    private final EmbeddingsEndpoint embed;

    BatchAnswers(
            Gate gate,
            AuditTrails trails,
            RandomGenerator random,
            ChatEndpoint chat,
            EmbeddingsEndpoint embed) {
        this.gate = gate;
        this.trails = trails;
        this.random = random;
        this.chat = chat;
        this.embed = embed;
    }

    @Override
    public Outcome answer(Optional<String> key, BatchRequest.Endpoint endpoint, JsonNode body) {
        var bytes = new byte[12];
        random.nextBytes(bytes);
        var id = HexFormat.of().formatHex(bytes);
        try {
            var caller = gate.holder(key, id);
            var scope = endpoint == BatchRequest.Endpoint.CHAT ? Scope.INFER : Scope.EMBED;
            if (caller.isEmpty()) {
                return new Barred("The key that the batch was made with does not hold any more.");
            }
            if (!caller.get().scopes().contains(scope)) {
                return new Barred(
                        "The key that the batch was made with is not for '" + scope.text() + "'.");
            }
            return answer(caller.get(), endpoint, body);
        } catch (RuntimeException | Error e) {
            return told(Failure.of(e, id), id);
        }
    }

    /// What is kept of it is kept before it is told of.
    private Outcome answer(Caller caller, BatchRequest.Endpoint endpoint, JsonNode body) {
        var trail = trails.begin("BATCH " + endpoint.path(), caller.requestId());
        trail.admitted(caller);
        try {
            var answer =
                    endpoint == BatchRequest.Endpoint.CHAT
                            ? chat.answerLater(body, caller, trail)
                            : embed.answerLater(body, caller, trail);
            if (answer.isEmpty()) {
                return new Later();
            }
            trail.keep(200);
            trail.end(200);
            return new Replied(caller.requestId(), 200, answer.get());
        } catch (RuntimeException | Error e) {
            return failed(Failure.of(e, caller.requestId()), caller, trail);
        }
    }

    private static Outcome failed(Failure failure, Caller caller, Trail trail) {
        var outcome = told(failure, caller.requestId());
        if (outcome instanceof Replied) {
            trail.failed(failure);
            trail.keep(failure.status());
            trail.end(failure.status());
        }
        return outcome;
    }

    /// What may pass is tried again.
    private static Outcome told(Failure failure, String id) {
        return failure.status() == 429 || failure.status() == 503
                ? new Later()
                : new Replied(id, failure.status(), failure.json());
    }
}
