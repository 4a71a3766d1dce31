package dev.sartor.retrieve;

import dev.sartor.core.Cancellation;
import dev.sartor.core.Json;
import dev.sartor.core.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.apache.lucene.search.IndexSearcher;

/// Random folders, rules and questions, and whether anything is shown that may not be; bench/leaks.py runs it with
/// 20,000 cases, and again with each check taken out. `FOLDER SEED CASES`; prints the counts as JSON.
final class LeakProof {
    private static final int ROUNDS = 4;
    private static final int QUESTIONS = 25;
    private static final int CHANGES = 12;
    private static final IndexSettings SETTINGS =
            new IndexSettings(new ChunkSettings(64, 0), Analysis.ENGLISH);

    private final Path folder;
    private final long seed;
    private final LeakTally tally = new LeakTally();
    private final HashedWords embedder = HashedWords.usual();

    LeakProof(Path folder, long seed) {
        this.folder = folder;
        this.seed = seed;
    }

    public static void main(String[] args) throws IOException {
        var proof = new LeakProof(Path.of(args[0]), Long.parseLong(args[1]));
        var tally = proof.run(Integer.parseInt(args[2]));
        var fields = new LinkedHashMap<String, Object>();
        fields.put("all", tally.all());
        fields.put("kinds", tally.kinds());
        fields.put("examples", tally.examples());
        System.out.println(Json.line(fields));
    }

    LeakTally run(int cases) throws IOException {
        for (int world = 0; tally.all().cases() < cases; world++) {
            var place = folder.resolve("world-" + world);
            world(place, new Random(seed * 1_000_003 + world));
            Folders.delete(place);
        }
        return tally;
    }

    private void world(Path place, Random random) throws IOException {
        var world = new LeakWorld(place.resolve("docs"), random);
        var at = place.resolve("index");
        var embedding = new Embedding("hashed-words", "d1", () -> embedder);
        try (var indexer = Indexer.open(at, embedding, SETTINGS, Clock.systemUTC())) {
            run(indexer, world, place);
            try (var index = StandingIndex.open(at, _ -> embedder);
                    var snapshots = new Snapshots(new Generations(at), _ -> embedder)) {
                var cases = new LeakCases(index, snapshots, embedder, tally, random);
                for (int round = 0; round < ROUNDS; round++) {
                    for (int i = 0; i < CHANGES; i++) {
                        world.change();
                    }
                    run(indexer, world, place);
                    var judge = world.judge();
                    for (int i = 0; i < QUESTIONS; i++) {
                        cases.ask(judge, world.someone());
                    }
                }
            }
        }
    }

    private static void run(Indexer indexer, LeakWorld world, Path place) throws IOException {
        try (var shelf =
                new FolderShelf(
                        place.resolve("docs"), List.of(), world.policy(), ParseLimits.usual())) {
            indexer.run(shelf, false, Progress.silent(), new Cancellation());
        }
    }

    /// A search that compares up to so many vectors, and asks the graph above.
    static PassageSearch search(Snapshots.Snapshot snapshot, int exactUpTo) throws IOException {
        var searcher = new IndexSearcher(snapshot.reader());
        return new PassageSearch(
                searcher,
                SETTINGS.analysis().analyzer(),
                AccessRules.in(snapshot.reader()),
                new VectorSearch(searcher, exactUpTo));
    }
}
