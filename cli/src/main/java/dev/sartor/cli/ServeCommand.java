package dev.sartor.cli;

import dev.sartor.compare.Candidate;
import dev.sartor.compare.Runs;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Limits;
import dev.sartor.serve.ServedEmbedder;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.Server;
import dev.sartor.serve.ServerSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "serve",
        description = {
            "Serve candidates and the embedder behind the OpenAI HTTP API until Ctrl-C.",
            "The key of callers, if any, is read from the environment variable SARTOR_API_KEY."
        },
        footer = {
            "",
            "Example: sartor serve --project helpdesk --port 8080",
            "         curl -s http://127.0.0.1:8080/v1/models"
        })
final class ServeCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 100;

    private final Composition composition;

    @Parameters(
            arity = "0..*",
            paramLabel = "CANDIDATE",
            description =
                    "Runs, or tasks for what their comparison chose (default: every task that has one).")
    List<String> candidates = List.of();

    @Mixin ProjectOption project = new ProjectOption();

    @Option(
            names = "--host",
            description =
                    "The address to listen on (default: ${DEFAULT-VALUE}); another one needs a key.")
    String host = "127.0.0.1";

    @Option(
            names = "--port",
            description = "The port (default: ${DEFAULT-VALUE}); 0 takes a free one.")
    int port = 8080;

    ServeCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() throws InterruptedException {
        var key =
                Optional.ofNullable(System.getenv("SARTOR_API_KEY"))
                        .filter(text -> !text.isEmpty())
                        .map(text -> ApiKey.of(text, Principal.local()));
        var settings = new ServerSettings(host, port, key, Limits.usual());
        try (var open = OpenProject.open(project, composition);
                var interrupts = composition.interrupts()) {
            var opened = new LinkedHashMap<String, Candidate>();
            try (var embedder = open.engines().embedder(open.project().embedder())) {
                names(open)
                        .forEach(name ->
                                opened.put(
                                        name,
                                        open.candidate(
                                                Optional.of(name), interrupts.cancellation())));
                var models =
                        new ServedModels(
                                chats(opened),
                                Map.of(
                                        open.project().embedder(),
                                        new ServedEmbedder(embedder, Readers.everyone())));
                try (var server = Server.start(settings, models)) {
                    composition
                            .console()
                            .say(
                                    "Listening on "
                                            + server.url()
                                            + " with "
                                            + String.join(", ", opened.keySet())
                                            + ". Ctrl-C stops it.");
                    while (!interrupts.cancellation().isAsked()) {
                        Thread.sleep(POLL_MILLIS);
                    }
                }
            } finally {
                opened.values().forEach(Candidate::close);
            }
        }
        return 0;
    }

    private List<String> names(OpenProject open) {
        if (!candidates.isEmpty()) {
            return candidates;
        }
        var runs = Runs.of(open.folder());
        var names = new ArrayList<String>();
        open.project().taskNames().stream()
                .filter(task -> runs.chosen(task).isPresent())
                .forEach(names::add);
        if (names.isEmpty()) {
            throw SartorException.user(
                    "there is no candidate to serve yet: run `sartor compare` first.");
        }
        return names;
    }

    private static Map<String, ServedModel> chats(Map<String, Candidate> opened) {
        var chats = new LinkedHashMap<String, ServedModel>();
        opened.forEach((name, candidate) ->
                chats.put(
                        name,
                        new ServedModel(
                                candidate.responder(),
                                candidate.run().mayCall(),
                                candidate.task().form())));
        return chats;
    }
}
