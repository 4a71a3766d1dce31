package dev.sartor.cli.serve;

import dev.sartor.cli.LeakClient;
import dev.sartor.cli.LeakCounts;
import dev.sartor.cli.LeakEcho;
import dev.sartor.cli.LeakFolder;
import dev.sartor.cli.LeakLog;
import dev.sartor.cli.LeakRecording;
import dev.sartor.cli.option.IndexOptions;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Embedder;
import dev.sartor.core.Message;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.access.AccessManifest;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.source.Documents;
import dev.sartor.documents.source.FolderSource;
import dev.sartor.hub.environment.Use;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.ground.RetrievalResponder;
import dev.sartor.retrieve.ground.RetrievalSettings;
import dev.sartor.retrieve.ground.Retriever;
import dev.sartor.retrieve.index.HubEmbedders;
import dev.sartor.retrieve.search.IndexSettings;
import dev.sartor.retrieve.search.PassageIndex;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.retrieve.text.AnswerCheck;
import dev.sartor.serve.Limits;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.server.Server;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Questions over HTTP, to models that answer from a folder of documents: everything that comes back, what the models were
/// asked, and what was logged meanwhile. Who asks is whose key it is, whatever the question claims.
public final class LeakServer {
    private static final String NO_KEY = "the-key-of-nobody";
    private static final int ASKERS = 3;
    private static final int LONGEST_ANSWER = 6;

    private static final String STANDING = "standing";

    /// A model's name that is for one group alone.
    private static final String SECRET = "sales/t999331";

    private static final Readers SECRET_READERS = Readers.anyOf(List.of("group:a"));

    private final LeakFolder folder;
    private final Embedder embedder;
    private final Responder model;
    private final int mostPassages;
    private final LeakLog log;
    private final LeakCounts counts;
    private final Random random;

    /// @param models behind the passages; what they are asked is judged as well
    public LeakServer(
            LeakFolder folder, Models models, LeakLog log, LeakCounts counts, Random random) {
        this.folder = folder;
        this.embedder = models.embedder();
        this.model = models.model();
        this.mostPassages = models.mostPassages();
        this.log = log;
        this.counts = counts;
        this.random = random;
    }

    /// What answers.
    ///
    /// @param mostPassages that are put into a prompt
    public record Models(Embedder embedder, Responder model, int mostPassages) {}

    /// @param change makes other rules and lets the standing index follow, while the server runs
    public void ask(int questions, Runnable change) {
        var documents = documents();
        var options = new IndexOptions();
        options.indexes = List.of(folder.index().toString());
        options.passages = Optional.of(1 + random.nextInt(mostPassages));
        try (var index =
                        PassageIndex.open(
                                folder.index().resolveSibling("kept"),
                                documents,
                                IndexSettings.usual(),
                                Optional.of(embedder),
                                Progress.silent());
                var standing = IndexedAnswers.open(options, HubEmbedders.usual(Use.COMMERCIAL))) {
            int k = 1 + random.nextInt(mostPassages);
            var recording = new LeakRecording(model);
            var models = new LinkedHashMap<String, ServedModel>();
            for (var mode : SearchMode.values()) {
                models.put(mode.name(), served(answering(index, k, mode, recording)));
            }
            models.put(STANDING, served(standing.over(standing.names().getFirst(), recording)));
            models.put("careless", served(careless(documents)));
            models.put(
                    SECRET,
                    new ServedModel(
                            answering(index, k, SearchMode.BM25, recording),
                            SECRET_READERS,
                            new AnswerForm.FreeText(LONGEST_ANSWER)));
            var asking = new Asked(k, options.passages.orElseThrow(), recording);
            ask(new ServedModels(models, Map.of()), asking, questions, change);
        }
    }

    /// @param k passages of the models that answer from the index of this moment
    /// @param fromStanding passages of the one that answers from the standing index
    /// @param recording what the models behind the passages are asked
    private record Asked(int k, int fromStanding, LeakRecording recording) {}

    private void ask(ServedModels models, Asked asked, int questions, Runnable change) {
        var keys = new LeakKeys(folder.index().resolveSibling("keys.yaml"), ASKERS, random);
        var settings =
                new ServerSettings("127.0.0.1", 0, Optional.of(keys.followed()), Limits.usual());
        try (var server = Server.start(settings, models);
                var http = HttpClient.newHttpClient()) {
            for (int i = 0; i < questions; i++) {
                if (random.nextInt(4) == 0) {
                    keys.change();
                }
                if (i == questions / 2) {
                    change.run();
                }
                int who = random.nextInt(ASKERS);
                var client = new LeakClient(server.url(), http, LeakKeys.key(who));
                var asking = new Asking(client, keys.names(who), asked.recording());
                if (keys.status(who) != 200) {
                    refused(asking, keys.status(who));
                } else if (i >= questions / 2) {
                    fromStanding(asking, asked.fromStanding());
                } else {
                    anything(asking, asked);
                }
            }
        }
    }

    /// Whose key was taken out of the file, or cannot be confirmed, is shown nothing at all.
    private void refused(Asking asking, int status) {
        var query = query();
        var reply =
                random.nextBoolean()
                        ? asking.client().chat(STANDING, query, random.nextBoolean(), 1)
                        : asking.client().get("/v1/models");
        counts.count(
                "serve, a key that holds no longer",
                query,
                Set.of(),
                Stream.of(
                                Stream.of(reply.text(), reply.headers()),
                                log.taken(),
                                asking.recording().taken())
                        .flatMap(each -> each)
                        .collect(Collectors.joining("\n")),
                reply.code() == status ? List.of() : List.of("status " + reply.code()),
                reply.code() == 200);
    }

    private void anything(Asking asking, Asked asked) {
        switch (random.nextInt(8)) {
            case 0 -> looks(asking);
            case 1 -> secret(asking);
            case 2 -> careless(asking);
            case 3 -> keyless(asking);
            case 4 -> fromStanding(asking, asked.fromStanding());
            default -> fromKept(asking, asked.k());
        }
    }

    private Documents documents() {
        var access =
                new AccessPolicy(
                        Optional.of(AccessManifest.read(folder.manifest())),
                        false,
                        folder.isPublic(),
                        "");
        try (var shelf = new FolderSource(folder.docs(), List.of(), access, ParseLimits.usual())) {
            var listed = shelf.list().stream().filter(each -> each.path().endsWith(".md")).toList();
            return Documents.of(
                    shelf.read(listed, Progress.silent().begin("", 0, "")).stream()
                            .map(reading -> reading.document().orElseThrow())
                            .toList());
        }
    }

    private static ServedModel served(Responder responder) {
        return new ServedModel(
                responder, Readers.everyone(), new AnswerForm.FreeText(LONGEST_ANSWER));
    }

    private RetrievalResponder answering(
            PassageIndex index, int k, SearchMode mode, Responder behind) {
        return new RetrievalResponder(
                new Retriever(index, new RetrievalSettings(k, mode, false)),
                (question, passages) ->
                        question.withMessages(
                                List.of(
                                        Message.user(
                                                Stream.concat(
                                                                passages.stream()
                                                                        .map(Passage::text),
                                                                Stream.of(question.text()))
                                                        .collect(Collectors.joining(" ")))),
                                Readers.ofAll(passages.stream().map(Passage::readers))),
                Optional.empty(),
                new AnswerCheck(Analysis.ENGLISH, embedder, Optional.empty()),
                behind);
    }

    /// Names any passage as its source, whoever may read it.
    private Responder careless(Documents documents) {
        return new LeakEcho(
                Optional.of("Well."),
                () -> {
                    var any = documents.all().get(random.nextInt(documents.all().size()));
                    var text = String.join(" ", any.sections().getFirst().blocks());
                    return List.of(
                            new Passage(any.path() + "#0", any.path(), "", text, 1, any.readers()));
                });
    }

    /// @param recording what the models behind the passages are asked
    private record Asking(LeakClient client, Set<String> who, LeakRecording recording) {}

    private void fromKept(Asking asking, int k) {
        var modes = List.of(SearchMode.values());
        var mode = modes.get(random.nextInt(modes.size()));
        answers(asking, mode.name(), Math.min(k, readable(asking.who()).size()));
    }

    /// Of copies one is shown.
    private void fromStanding(Asking asking, int k) {
        long different =
                readable(asking.who()).stream()
                        .flatMap(content -> content.markers().stream())
                        .filter(marker -> marker.startsWith("x"))
                        .distinct()
                        .count();
        answers(asking, STANDING, (int) Math.min(k, different));
    }

    private void answers(Asking asking, String model, int wanted) {
        var query = query();
        boolean streams = random.nextBoolean();
        int n = 1 + random.nextInt(2);
        var reply = asking.client().chat(model, query, streams, n);
        var wrong = new ArrayList<String>();
        var sources = reply.code() == 200 ? reply.sources(streams) : List.<JsonNode>of();
        if (sources.size() != (wanted == 0 ? 0 : n)
                || sources.stream().anyMatch(each -> each.size() != wanted)) {
            wrong.add("sources " + sources + " in place of " + wanted);
        }
        if (reply.text().contains("\"score\"")) {
            wrong.add("a score");
        }
        count(
                asking,
                (streams ? "serve, streamed, " : "serve, whole, ") + model,
                query,
                reply,
                wrong,
                reply.code() != 200);
    }

    private List<LeakFolder.Content> readable(Set<String> who) {
        return folder.permitted(who).values().stream()
                .filter(LeakFolder.Content::isReadable)
                .toList();
    }

    /// Lists of models, and figures.
    private void looks(Asking asking) {
        var reply = asking.client().get(random.nextBoolean() ? "/v1/models" : "/metrics");
        count(asking, "serve, lists and figures", "", reply, List.of(), reply.code() != 200);
    }

    /// A model that he may not know is none.
    private void secret(Asking asking) {
        boolean may = SECRET_READERS.admit(new Principal(asking.who()));
        var query = query();
        var reply =
                random.nextBoolean()
                        ? asking.client().chat(SECRET, query, random.nextBoolean(), 1)
                        : asking.client().get("/v1/models/" + SECRET);
        var text =
                new LeakClient.Reply(
                        reply.code(), reply.text().replace(SECRET, ""), reply.headers());
        count(
                asking,
                "serve, a model of others",
                query,
                text,
                (reply.code() == 200) == may ? List.of() : List.of("status " + reply.code()),
                reply.code() != 200 && reply.code() != 404);
    }

    private void careless(Asking asking) {
        var query = query();
        boolean streams = random.nextBoolean();
        var reply = asking.client().chat("careless", query, streams, 1);
        count(
                asking,
                "serve, handed to what sends answers",
                query,
                reply,
                List.of(),
                reply.code() != 200 && reply.code() != 500);
    }

    private void keyless(Asking asking) {
        var reply = asking.client().with(NO_KEY).get("/v1/models");
        count(
                asking,
                "serve, another key",
                "",
                reply,
                reply.code() == 401 ? List.of() : List.of("status " + reply.code()),
                reply.code() != 401);
    }

    private String query() {
        var all = List.copyOf(folder.all().values());
        var markers = List.copyOf(all.get(random.nextInt(all.size())).markers());
        return "kettle lamp " + markers.get(random.nextInt(markers.size()));
    }

    private void count(
            Asking asking,
            String kind,
            String query,
            LeakClient.Reply reply,
            List<String> wrong,
            boolean isFailed) {
        var allowed = new HashSet<>(folder.markers(asking.who()));
        if (SECRET_READERS.admit(new Principal(asking.who()))) {
            allowed.add(SECRET.substring(SECRET.indexOf('/') + 1));
        }
        var shown =
                Stream.of(
                                Stream.of(reply.text(), reply.headers()),
                                log.taken(),
                                asking.recording().taken())
                        .flatMap(each -> each)
                        .collect(Collectors.joining("\n"));
        counts.count(kind, query, allowed, shown, wrong, isFailed);
    }
}
