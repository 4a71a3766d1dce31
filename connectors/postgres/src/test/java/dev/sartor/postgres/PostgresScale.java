package dev.sartor.postgres;

import dev.sartor.core.Embedder;
import dev.sartor.core.Json;
import dev.sartor.core.Principal;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.data.DocumentColumns;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.access.AccessManifest;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.source.DocumentSources;
import dev.sartor.retrieve.Conditions;
import dev.sartor.retrieve.Hit;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.index.Embedding;
import dev.sartor.retrieve.index.IndexStorage;
import dev.sartor.retrieve.index.Indexer;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.search.IndexSettings;
import dev.sartor.retrieve.text.WordCounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// Many passages with few, some and all of them permitted: how many are found, whether they are the nearest, how long it
/// takes. For bench/postgres.py: arguments are the package of the server, its version, the number of passages and of
/// questions, a folder; prints a JSON.
final class PostgresScale {
    private static final int K = 10;
    private static final int TOPICS = 400;
    private static final int WORDS = 30;

    private PostgresScale() {}

    /// Each word has a direction of its own, and a text those of its words.
    static final class Directions implements Embedder {
        private static final int DIMENSION = 384;
        private final Map<String, float[]> known = new HashMap<>();

        @Override
        public String name() {
            return "directions";
        }

        @Override
        public int dimension() {
            return DIMENSION;
        }

        @Override
        public synchronized List<float[]> embed(List<String> texts) {
            return texts.stream().map(this::vector).toList();
        }

        private float[] vector(String text) {
            var sum = new float[DIMENSION];
            for (var word : text.toLowerCase(Locale.ROOT).split("\\W+", -1)) {
                var own = known.computeIfAbsent(word, Directions::direction);
                for (int i = 0; i < DIMENSION; i++) {
                    sum[i] += own[i];
                }
            }
            double squares = 0;
            for (float each : sum) {
                squares += each * each;
            }
            for (int i = 0; i < DIMENSION; i++) {
                sum[i] /= (float) Math.sqrt(squares);
            }
            return sum;
        }

        private static float[] direction(String word) {
            var random = new Random(word.hashCode());
            var own = new float[DIMENSION];
            for (int i = 0; i < DIMENSION; i++) {
                own[i] = (float) random.nextGaussian();
            }
            return own;
        }

        @Override
        public int maxTokens() {
            return 256;
        }

        @Override
        public int countTokens(String text) {
            return text.isBlank() ? 0 : text.strip().split("\\s+", -1).length;
        }

        @Override
        public void close() {}
    }

    /// A text of a topic: three words in four are its own.
    private static String text(Random random) {
        int topic = random.nextInt(TOPICS);
        var text = new StringBuilder();
        for (int i = 0; i < WORDS; i++) {
            int word =
                    random.nextInt(4) == 0
                            ? random.nextInt(20_000)
                            : topic * 50 + random.nextInt(50);
            text.append(i == 0 ? "" : " ").append("w").append(Integer.toString(word, 36));
        }
        return text.toString();
    }

    /// Who may read which share of the passages.
    private record Readers(String share, Set<String> groups) {}

    private static final List<Readers> READERS =
            List.of(
                    new Readers("1 %", Set.of("group:one")),
                    new Readers("10 %", Set.of("group:ten")),
                    new Readers("100 %", Set.of("group:one", "group:ten", "group:rest")));

    static void rows(Path file, int passages, Random random) throws IOException {
        try (var rows = Files.newBufferedWriter(file)) {
            for (int i = 0; i < passages; i++) {
                var group = i % 100 == 0 ? "one" : i % 10 == 1 ? "ten" : "rest";
                rows.write(Json.line(Map.of("_id", group + "/" + i, "text", text(random))) + "\n");
            }
        }
    }

    static void index(IndexStorage storage, Embedder embedder, Path folder) throws IOException {
        var rules =
                Files.writeString(
                        folder.resolve("access.yaml"),
                        """
                        rules:
                          - {paths: [one], readers: ["group:one"]}
                          - {paths: [ten], readers: ["group:ten"]}
                          - {paths: [rest], readers: ["group:rest"]}
                        """);
        var policy = new AccessPolicy(Optional.of(AccessManifest.read(rules)), false, false, "");
        try (var indexer =
                        Indexer.open(
                                storage,
                                new Embedding("directions", "d1", () -> embedder),
                                IndexSettings.usual(),
                                Clock.systemUTC());
                var shelf =
                        new DocumentSources(
                                        List.of(),
                                        DocumentColumns.usual(),
                                        policy,
                                        ParseLimits.usual())
                                .open(List.of(folder.resolve("rows.jsonl")))) {
            indexer.run(shelf, false, Progress.silent(), new Cancellation());
        }
    }

    public static void main(String[] args) throws IOException, SQLException {
        int passages = Integer.parseInt(args[2]);
        int questions = Integer.parseInt(args[3]);
        var folder = Path.of(args[4]);
        var random = new Random(7);
        rows(folder.resolve("rows.jsonl"), passages, random);
        var server = PostgresServer.start(args[0], args[1]);
        var storage = IndexStorage.at(server.address("keeper", "scale"));
        var embedder = new Directions();
        long begun = System.nanoTime();
        index(storage, embedder, folder);
        var result = Json.mapper().createObjectNode();
        result.put("server", args[0] + " " + args[1]);
        result.put("passages", passages);
        result.put("indexing_seconds", (System.nanoTime() - begun) / 1e9);
        var asked = new ArrayList<String>();
        for (int i = 0; i < questions; i++) {
            asked.add(text(random).substring(0, 40).strip());
        }
        for (var readers : READERS) {
            var asker = new Principal(readers.groups());
            var each = result.putObject(readers.share());
            for (var mode : SearchMode.values()) {
                timed(
                        storage,
                        embedder,
                        asked,
                        asker,
                        mode,
                        each.putObject(mode.name().toLowerCase(Locale.ROOT)));
            }
            each.put(
                    "recall@10",
                    recall(
                            PostgresAddress.parsed(server.address("keeper", "scale")),
                            embedder,
                            asked,
                            asker));
        }
        System.out.println(result);
    }

    private static void timed(
            IndexStorage storage,
            Embedder embedder,
            List<String> asked,
            Principal asker,
            SearchMode mode,
            tools.jackson.databind.node.ObjectNode into) {
        var times = new double[asked.size()];
        int fewest = K;
        try (var open = PersistentIndex.open(storage, _ -> embedder)) {
            for (int warm = 0; warm < 20; warm++) {
                open.search(asked.get(warm % asked.size()), K, asker, mode);
            }
            for (int i = 0; i < times.length; i++) {
                long start = System.nanoTime();
                int found = open.search(asked.get(i), K, asker, mode).size();
                times[i] = (System.nanoTime() - start) / 1e6;
                fewest = Math.min(fewest, found);
            }
        }
        Arrays.sort(times);
        into.put("fewest_found", fewest)
                .put("median_ms", times[times.length / 2])
                .put("p95_ms", times[times.length * 95 / 100]);
    }

    /// Against the comparison of all vectors.
    private static double recall(
            PostgresAddress address, Embedder embedder, List<String> asked, Principal asker)
            throws SQLException {
        int all = 0;
        int found = 0;
        try (var connection = address.connect();
                var counter = new WordCounter(dev.sartor.retrieve.text.Analysis.AUTO)) {
            connection.setAutoCommit(false);
            var held =
                    new PostgresPassages(
                            new Failures(address), connection, new Tables("scale", 1), counter);
            var within = (PostgresWithin) held.within(asker, Conditions.none());
            for (var question : asked) {
                var vector = embedder.embed(List.of(question)).getFirst();
                var exact = numbers(within.compareAll(vector, K));
                var got = numbers(within.nearest(vector, K));
                all += exact.size();
                found += (int) exact.stream().filter(got::contains).count();
            }
        }
        return (double) found / all;
    }

    private static Set<Integer> numbers(List<Hit> hits) {
        return hits.stream().map(Hit::document).collect(Collectors.toSet());
    }
}
