package dev.sartor.postgres;

import dev.sartor.core.Json;
import dev.sartor.core.Principal;
import dev.sartor.core.work.Progress;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.index.Forgetting;
import dev.sartor.retrieve.index.IndexStorage;
import dev.sartor.retrieve.index.PersistentIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.node.ObjectNode;

/// A document is forgotten in an index of many passages while others search: after how long nobody finds it, how long the longest
/// search took, what its files hold afterwards; then kill -9 of the process or of the server in the midst, at random moments. For
/// bench/postgres.py: arguments are the package of the server, its version, the number of passages and of kills, a folder; prints a
/// JSON.
final class PostgresForgets {
    private static final String CANARY = "quillonwhisper";
    private static final String DOCUMENT = "rest/planted";
    private static final Principal ALL =
            new Principal(Set.of("group:one", "group:ten", "group:rest"));

    private final PostgresServer server;
    private final PostgresScale.Directions embedder = new PostgresScale.Directions();
    private final Path folder;

    private PostgresForgets(PostgresServer server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var folder = Path.of(args[4]);
        var rows = folder.resolve("rows.jsonl");
        PostgresScale.rows(rows, Integer.parseInt(args[2]), new Random(7));
        var planted =
                Map.of("_id", DOCUMENT, "text", "w1 w2 " + CANARY + " w3 " + CANARY + "s rides");
        Files.writeString(rows, Json.line(planted) + "\n", StandardOpenOption.APPEND);
        var forgets = new PostgresForgets(PostgresServer.start(args[0], args[1]), folder);
        var result = Json.mapper().createObjectNode();
        result.put("server", args[0] + " " + args[1])
                .put("passages", Integer.parseInt(args[2]) + 1);
        long begun = System.nanoTime();
        forgets.index();
        result.put("indexing_seconds", seconds(begun));
        double longest = forgets.whileOthersSearch(result.putObject("while_others_search"));
        forgets.killed(Integer.parseInt(args[3]), longest, result.putObject("killed"));
        System.out.println(result);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private IndexStorage storage() {
        return IndexStorage.at(server.address("keeper", "forgets"));
    }

    private void index() throws IOException {
        PostgresScale.index(storage(), embedder, folder);
    }

    private PersistentIndex open() {
        return PersistentIndex.open(storage(), _ -> embedder);
    }

    private static boolean finds(PersistentIndex open) {
        return !open.search(CANARY, 3, ALL, SearchMode.BM25).isEmpty();
    }

    private int traces() throws IOException {
        server.sql("postgres", "checkpoint");
        return server.filesWith("documents", CANARY, DOCUMENT).size();
    }

    private void forget() {
        try (var forgetting = Forgetting.open(storage(), Clock.systemUTC())) {
            forgetting.forget(List.of(DOCUMENT), Progress.silent());
        }
    }

    private void takeInAgain() throws IOException {
        try (var forgetting = Forgetting.open(storage(), Clock.systemUTC())) {
            forgetting.allowAgain(List.of(DOCUMENT));
        }
        index();
    }

    /// Of one who asks without a pause.
    ///
    /// @param gone seconds from the command's beginning until an answer was without the document
    private record Asked(double gone, double longest, int answers, int found) {}

    private double whileOthersSearch(ObjectNode into) throws IOException {
        into.put("files_with_the_word_before", traces());
        var finished = new AtomicBoolean();
        var ready = new CompletableFuture<Boolean>();
        try (var open = open()) {
            var asking =
                    CompletableFuture.supplyAsync(
                            () -> ask(open, ready, finished),
                            command -> Thread.ofVirtual().start(command));
            ready.join();
            long begun = System.nanoTime();
            forget();
            double took = seconds(begun);
            finished.set(true);
            var asked = asking.join();
            into.put("seconds_until_nobody_found_it", asked.gone() - begun / 1e9)
                    .put("seconds_until_its_bytes_were_gone", took)
                    .put("answers_meanwhile", asked.answers())
                    .put("longest_answer_seconds", asked.longest())
                    .put("found_again", asked.found())
                    .put("files_with_the_word", traces());
            return took;
        }
    }

    private static Asked ask(
            PersistentIndex open, CompletableFuture<Boolean> ready, AtomicBoolean finished) {
        double gone = 0;
        double longest = 0;
        int answers = 0;
        int found = 0;
        while (!finished.get()) {
            long start = System.nanoTime();
            boolean finds = finds(open);
            open.search("w1 w2 w3", 10, ALL, SearchMode.HYBRID);
            longest = Math.max(longest, ready.isDone() ? seconds(start) : 0);
            if (answers++ == 20) {
                ready.complete(finds);
            }
            if (!finds && gone == 0) {
                gone = System.nanoTime() / 1e9;
            }
            found += finds && gone != 0 ? 1 : 0;
        }
        return new Asked(gone, longest, answers, found);
    }

    /// By turns the process and the server.
    private void killed(int kills, double longest, ObjectNode into)
            throws IOException, InterruptedException {
        var random = new Random(11);
        int there = 0;
        int failed = 0;
        int left = 0;
        int struck = 0;
        for (int i = 0; struck < kills && i < 3 * kills; i++) {
            takeInAgain();
            var child = child();
            boolean isOver =
                    child.waitFor(
                            (long) (1000 * (0.5 + longest) * random.nextDouble()) + 400,
                            TimeUnit.MILLISECONDS);
            if (!isOver) {
                struck++;
                if (struck % 2 == 0) {
                    server.kill();
                    child.waitFor();
                    server.restart();
                } else {
                    child.destroyForcibly().waitFor();
                }
            }
            try (var open = open()) {
                there += finds(open) ? 1 : 0;
                failed += open.search("w1 w2 w3", 10, ALL, SearchMode.HYBRID).size() == 10 ? 0 : 1;
            }
            forget();
            try (var open = open()) {
                failed += finds(open) ? 1 : 0;
            }
            left += traces();
        }
        into.put("kills", struck)
                .put("still_there", there)
                .put("failed_searches", failed)
                .put("files_with_the_word_after_the_same_command", left);
    }

    private Process child() throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        command.add("dev.sartor.retrieve.index.ForgettingContract$Child");
        command.addAll(List.of(storage().toString(), DOCUMENT));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("child.log").toFile())
                .start();
    }
}
