package dev.sartor.cli;

import dev.sartor.cli.console.Screen;
import dev.sartor.cli.serve.LeakServer;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.LanguageModel;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.Precision;
import dev.sartor.retrieve.index.HubEmbedders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// Random folders of two tenants, each with an index of its own, and whether the commands and the server show anything
/// that the asker may not read; bench/leaks.py runs it with some hundred cases, with 200 over real models, and again with each
/// check taken out. `FOLDER SEED CASES ENOUGH echo|real`; prints the counts as JSON.
final class LeakCommandsProof {
    private static final int ROUNDS = 2;
    private static final int COMMANDS = 12;
    private static final int QUESTIONS = 16;
    private static final int DIMENSION = 64;
    private static final String EMBEDDER = "all-minilm-l6-v2";
    private static final String MODEL = "smollm2-135m-instruct";

    private final Path folder;
    private final long seed;
    private final With with;
    private final LeakCounts counts = new LeakCounts();

    LeakCommandsProof(Path folder, long seed, With with) {
        this.folder = folder;
        this.seed = seed;
        this.with = with;
    }

    /// @param cache where the commands find models
    /// @param embedder that indexes are made with
    /// @param modes in which these can be searched
    /// @param chat asks the model of `chat`
    record With(
            Path cache,
            String embedder,
            List<String> modes,
            LeakChat chat,
            LeakServer.Models models) {
        /// Words alone at the command line, hashed words in the server, and a model that says what it is asked.
        static With echo(Path folder) {
            return new With(
                    folder.resolve("cache"),
                    "none",
                    List.of("bm25"),
                    LeakChat.tiny(folder.resolve("models")),
                    new LeakServer.Models(
                            new LeakHashes(DIMENSION),
                            new LeakEcho(Optional.empty(), List::of),
                            20));
        }

        static With real(LanguageModel model) {
            return new With(
                    Caches.standard().root(),
                    EMBEDDER,
                    List.of("hybrid", "vector", "bm25"),
                    new LeakChat(MODEL),
                    new LeakServer.Models(
                            HubEmbedders.usual(Use.COMMERCIAL).open(EMBEDDER),
                            model.responder(),
                            2));
        }
    }

    public static void main(String[] args) throws IOException {
        var folder = Path.of(args[0]);
        if (args[4].equals("echo")) {
            print(args, With.echo(folder));
            return;
        }
        var hub = Hub.open(Caches.standard(), Use.COMMERCIAL, Gate.closed());
        try (var model =
                LanguageModel.open(
                        MODEL,
                        hub.pull(MODEL, Progress.silent()).folder(),
                        Precision.BF16,
                        Clock.systemUTC())) {
            print(args, With.real(model));
        }
    }

    private static void print(String[] args, With with) throws IOException {
        var proof = new LeakCommandsProof(Path.of(args[0]), Long.parseLong(args[1]), with);
        var counts = proof.run(Integer.parseInt(args[2]), Long.parseLong(args[3]));
        var fields = new LinkedHashMap<String, Object>();
        fields.put("all", counts.all());
        fields.put("first", counts.first());
        fields.put("kinds", counts.kinds());
        fields.put("examples", counts.examples());
        System.out.println(Json.line(fields));
    }

    /// @param enough ends it earlier, after the folders in which so many cases found something
    LeakCounts run(int cases, long enough) throws IOException {
        try (var log = LeakLog.open()) {
            for (int world = 0; isOpen(cases, enough); world++) {
                world(folder.resolve("world-" + world), new Random(seed * 1_000_003 + world), log);
            }
        }
        return counts;
    }

    private boolean isOpen(int cases, long enough) {
        return counts.all().cases() < cases && !counts.all().isEnough(enough);
    }

    private void world(Path place, Random random, LeakLog log) throws IOException {
        var one = new LeakFolder(place.resolve("one"), random, 100_003);
        var other = new LeakFolder(place.resolve("other"), random, 105_003);
        for (int round = 0; round < ROUNDS; round++) {
            index(one);
            index(other);
            for (var tenants : List.of(List.of(one, other), List.of(other, one))) {
                var commands =
                        new LeakCommands(
                                tenants.getFirst(),
                                new LeakCommands.With(with.cache(), with.modes(), with.chat()),
                                counts,
                                random);
                for (int i = 0; i < COMMANDS; i++) {
                    commands.ask(tenants.getLast());
                }
                new LeakServer(tenants.getFirst(), with.models(), log, counts, random)
                        .ask(QUESTIONS, () -> changed(tenants.getFirst()));
            }
        }
    }

    private void changed(LeakFolder tenant) {
        try {
            tenant.change();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        index(tenant);
    }

    private void index(LeakFolder tenant) {
        var screen = Screen.file(with.cache());
        var args =
                Stream.of(
                        "index",
                        tenant.docs().toString(),
                        "--out",
                        tenant.index().toString(),
                        "--access",
                        tenant.manifest().toString(),
                        "--embedder",
                        with.embedder());
        var all = new ArrayList<>(args.toList());
        if (tenant.isPublic()) {
            all.add("--public");
        }
        if (screen.sartor(all.toArray(String[]::new)) != 0) {
            throw SartorException.defect(Arrays.asList(all) + ": " + screen.remarks());
        }
    }
}
