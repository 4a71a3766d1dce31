package dev.sartor.serve;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.serve.server.Server;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the tests serve.
public final class Served {
    public static final String ONE_MESSAGE =
            "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"say it again\"}]}";
    public static final String ONE_STREAM =
            "{\"model\": \"m\", \"stream\": true,"
                    + " \"messages\": [{\"role\": \"user\", \"content\": \"say it again\"}]}";

    private Served() {}

    public static ServedModels chat(Responder responder) {
        return chat(responder, new AnswerForm.FreeText(5));
    }

    public static ServedModels chat(Responder responder, AnswerForm form) {
        return new ServedModels(
                Map.of("m", new ServedModel(responder, Readers.everyone(), form)),
                Map.of("e", new ServedEmbedder(new Lengths(), Readers.everyone())));
    }

    /// `open` for everyone, `sales/secret` and the embedder `secret-e` for group:sales.
    public static ServedModels withSecrets() {
        var sales = Readers.anyOf(List.of("group:sales"));
        var chats = new LinkedHashMap<String, ServedModel>();
        chats.put(
                "open",
                new ServedModel(new Echo(), Readers.everyone(), new AnswerForm.FreeText(5)));
        chats.put("sales/secret", new ServedModel(new Echo(), sales, new AnswerForm.FreeText(5)));
        return new ServedModels(
                chats, Map.of("secret-e", new ServedEmbedder(new Lengths(), sales)));
    }

    public static Server start(ServedModels models) {
        return start(models, Limits.usual());
    }

    public static Server start(ServedModels models, Limits limits) {
        return Server.start(ServerSettings.local(0).withLimits(limits), models);
    }
}
