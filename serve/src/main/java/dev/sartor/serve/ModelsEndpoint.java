package dev.sartor.serve;

import dev.sartor.core.Json;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// `GET /v1/models` and `GET /v1/models/{id}`: what the caller may use.
final class ModelsEndpoint {
    private final ServedModels models;
    private final Instant since;

    /// @param since what every model's `created` says: when it began to be served here
    ModelsEndpoint(ServedModels models, Instant since) {
        this.models = models;
        this.since = since;
    }

    void list(Context context) {
        var list = Json.mapper().createObjectNode().put("object", "list");
        var data = list.putArray("data");
        names(context).forEach(name -> data.add(model(name)));
        Reply.send(context, 200, list);
    }

    void one(Context context) {
        var name = context.pathParam("id");
        if (!names(context).contains(name)) {
            throw new Refused(Failure.noSuchModel(name));
        }
        Reply.send(context, 200, model(name));
    }

    /// The models that the caller may know of.
    List<String> names(Context context) {
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
