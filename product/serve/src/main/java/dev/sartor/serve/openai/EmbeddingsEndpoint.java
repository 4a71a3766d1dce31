package dev.sartor.serve.openai;

import dev.sartor.core.Embedder;
import dev.sartor.core.Json;
import dev.sartor.serve.Limits;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.http.Attended;
import dev.sartor.serve.http.Body;
import dev.sartor.serve.http.Caller;
import dev.sartor.serve.http.Complaints;
import dev.sartor.serve.http.Demand;
import dev.sartor.serve.http.Doors;
import dev.sartor.serve.http.Failure;
import dev.sartor.serve.http.Meters;
import dev.sartor.serve.http.Refused;
import dev.sartor.serve.http.Reply;
import dev.sartor.serve.http.Tally;
import dev.sartor.serve.http.Trail;
import dev.sartor.serve.http.WatchedEndPoint;
import dev.sartor.serve.quota.Quotas;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `POST /v1/embeddings`. A text that does not fit is refused, not cut.
public final class EmbeddingsEndpoint {
    /// Of a token, as texts usually have them.
    private static final int USUAL_CHARACTERS = 4;

    private final ServedModels models;
    private final Limits limits;
    private final Doors doors;
    private final Meters meters;

    public EmbeddingsEndpoint(ServedModels models, Limits limits, Doors doors, Meters meters) {
        this.models = models;
        this.limits = limits;
        this.doors = doors;
        this.meters = meters;
    }

    public void answer(Context context) {
        var caller = Caller.of(context);
        var request = EmbeddingsRequest.of(Body.object(context, limits.bodyBytes()));
        var embedder = embedder(request.model(), caller);
        meters.name(context, request.model());
        Trail.of(context).asked(request.model(), Optional.empty());
        refuseOtherDimension(request, embedder);
        var connection = WatchedEndPoint.of(context.req());
        var trace = Trail.of(context).trace();
        trace.waiting();
        var made =
                new Attended(doors, caller, demand(request, embedder), connection::isClosedByClient)
                        .run(tally -> {
                            trace.working();
                            return vectors(request.texts(), embedder, tally);
                        });
        meters.tokens(request.model(), "prompt", made.tokens());
        Trail.of(context).tokens(made.tokens(), 0, 0);
        Reply.send(context, 200, json(request, made.vectors(), made.tokens()));
    }

    /// Answers a request that nobody waits for, where there is a place and nobody waits for one.
    ///
    /// @return the vectors; empty where it was not begun
    public Optional<JsonNode> answerLater(JsonNode body, Caller caller, Trail trail) {
        var request = EmbeddingsRequest.of(body);
        var embedder = embedder(request.model(), caller);
        trail.asked(request.model(), Optional.empty());
        refuseOtherDimension(request, embedder);
        return new Attended(doors, caller, demand(request, embedder), () -> false)
                .runIfNobodyWaits(tally -> vectors(request.texts(), embedder, tally))
                .map(made -> {
                    meters.tokens(request.model(), "prompt", made.tokens());
                    trail.tokens(made.tokens(), 0, 0);
                    return json(request, made.vectors(), made.tokens());
                });
    }

    private record Made(List<float[]> vectors, int tokens) {}

    private static Demand demand(EmbeddingsRequest request, Embedder embedder) {
        long characters = request.texts().stream().mapToLong(String::length).sum();
        return new Demand(
                request.model(),
                1,
                characters / USUAL_CHARACTERS,
                () -> new Quotas.Usage(request.model(), tokens(request.texts(), embedder), 0));
    }

    private static Made vectors(List<String> texts, Embedder embedder, Tally tally) {
        int tokens = tokens(texts, embedder);
        tally.read(tokens);
        return new Made(embedder.embed(texts), tokens);
    }

    private Embedder embedder(String name, Caller caller) {
        if (models.chat(name, caller.principal()).isPresent()) {
            throw new Refused(
                    Failure.client(
                            400,
                            "The model '"
                                    + name
                                    + "' chats: send messages to /v1/chat/completions.",
                            Optional.of("model"),
                            "unsupported_model"));
        }
        return models.embedder(name, caller.principal())
                .orElseThrow(() -> new Refused(Failure.noSuchModel(name)))
                .embedder();
    }

    private static void refuseOtherDimension(EmbeddingsRequest request, Embedder embedder) {
        request.dimension()
                .filter(dimension -> dimension != embedder.dimension())
                .ifPresent(dimension -> {
                    var complaints = new Complaints();
                    complaints.invalid(
                            "dimensions",
                            embedder.dimension() + ", which is all this model has",
                            dimension);
                    complaints.throwIfAny();
                });
    }

    private static int tokens(List<String> texts, Embedder embedder) {
        int total = 0;
        for (int i = 0; i < texts.size(); i++) {
            int tokens = embedder.countTokens(texts.get(i));
            if (tokens > embedder.maxTokens()) {
                throw new Refused(
                        Failure.client(
                                400,
                                String.format(
                                        Locale.ROOT,
                                        "input[%d] has %d tokens and this model reads at most %d: split it.",
                                        i,
                                        tokens,
                                        embedder.maxTokens()),
                                Optional.of("input"),
                                "context_length_exceeded"));
            }
            total += tokens;
        }
        return total;
    }

    private static ObjectNode json(EmbeddingsRequest request, List<float[]> vectors, int tokens) {
        var list = Json.mapper().createObjectNode().put("object", "list");
        var items = list.putArray("data");
        for (int i = 0; i < vectors.size(); i++) {
            items.addObject()
                    .put("object", "embedding")
                    .put("index", i)
                    .set("embedding", vector(vectors.get(i), request.base64()));
        }
        list.put("model", request.model());
        list.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        return list;
    }

    private static JsonNode vector(float[] values, boolean base64) {
        if (base64) {
            var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            return Json.mapper()
                    .getNodeFactory()
                    .stringNode(Base64.getEncoder().encodeToString(bytes.array()));
        }
        var array = Json.mapper().createArrayNode();
        for (float value : values) {
            array.add(value);
        }
        return array;
    }
}
