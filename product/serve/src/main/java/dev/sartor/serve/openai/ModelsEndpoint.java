package dev.sartor.serve.openai;

import dev.sartor.core.Json;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.http.Caller;
import dev.sartor.serve.http.Failure;
import dev.sartor.serve.http.Refused;
import dev.sartor.serve.http.Reply;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// `GET /v1/models` and `GET /v1/models/{id}`: what the caller may use.
public final class ModelsEndpoint {
    private final ServedModels models;
    private final Instant since;

    /// @param since what every model's `created` says: when it began to be served here
    public ModelsEndpoint(ServedModels models, Instant since) {
        this.models = models;
        this.since = since;
    }

    public void list(Context context) {
        var list = Json.mapper().createObjectNode().put("object", "list");
        var data = list.putArray("data");
        names(context).forEach(name -> data.add(model(name)));
        Reply.send(context, 200, list);
    }

    public void one(Context context) {
        var name = context.pathParam("id");
        if (!names(context).contains(name)) {
            throw new Refused(Failure.noSuchModel(name));
        }
        Reply.send(context, 200, model(name));
    }

    /// The models that the caller may know of.
    public List<String> names(Context context) {
        return models.namesFor(Caller.of(context).principal());
    }

    private ObjectNode model(String name) {
        return Json.mapper()
                .createObjectNode()
                .put("id", name)
                .put("object", "model")
                .put("created", since.getEpochSecond())
                .put("owned_by", "sartor");
    }
}
