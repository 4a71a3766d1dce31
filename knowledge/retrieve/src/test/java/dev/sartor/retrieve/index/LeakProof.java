package dev.sartor.retrieve.index;

import dev.sartor.core.Json;
import dev.sartor.core.file.Folders;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.source.DocumentSource;
import dev.sartor.documents.source.FolderSource;
import dev.sartor.retrieve.ChunkSettings;
import dev.sartor.retrieve.HashedWords;
import dev.sartor.retrieve.LeakFilters;
import dev.sartor.retrieve.LeakKept;
import dev.sartor.retrieve.LeakShelf;
import dev.sartor.retrieve.LeakTally;
import dev.sartor.retrieve.LeakWorld;
import dev.sartor.retrieve.access.AccessRules;
import dev.sartor.retrieve.search.IndexSettings;
import dev.sartor.retrieve.search.PassageSearch;
import dev.sartor.retrieve.search.VectorSearch;
import dev.sartor.retrieve.text.Analysis;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LRUQueryCache;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryCachingPolicy;

/// Random folders, rules and questions, and whether anything is shown that may not be; bench/leaks.py runs it with
/// 20,000 cases, and again with each check taken out. `FOLDER SEED CASES ENOUGH`; prints the counts as JSON.
public final class LeakProof {
    private static final int ROUNDS = 2;
    private static final int QUESTIONS = 10;
    private static final int CHANGES = 12;
    public static final IndexSettings SETTINGS =
            new IndexSettings(new ChunkSettings(64, 0), Analysis.ENGLISH);

    private final Path folder;
    private final Optional<Function<String, IndexStorage>> storages;
    private final long seed;
    private final LeakTally tally = new LeakTally();
    private final HashedWords embedder = HashedWords.usual();

    /// With indexes in folders.
    public LeakProof(Path folder, long seed) {
        this(folder, Optional.empty(), seed);
    }

    /// @param storages where indexes are kept, by name; empty for folders
    public LeakProof(Path folder, Optional<Function<String, IndexStorage>> storages, long seed) {
        this.folder = folder;
        this.storages = storages;
        this.seed = seed;
    }

    public static void main(String[] args) throws IOException {
        cacheAll();
        var proof = new LeakProof(Path.of(args[0]), Long.parseLong(args[1]));
        var tally = proof.run(Integer.parseInt(args[2]), Long.parseLong(args[3]));
        System.out.println(told(tally));
    }

    /// The counts as JSON.
    public static String told(LeakTally tally) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("all", tally.all());
        fields.put("first", tally.first());
        fields.put("kinds", tally.kinds());
        fields.put("examples", tally.examples());
        return Json.line(fields);
    }

    /// Lucene keeps the results of filters of large segments that are asked often; here of every query and segment.
    private static void cacheAll() {
        IndexSearcher.setDefaultQueryCache(
                new LRUQueryCache(1000, 1 << 25, _ -> true, Float.POSITIVE_INFINITY));
        IndexSearcher.setDefaultQueryCachingPolicy(
                new QueryCachingPolicy() {
                    @Override
                    public void onUse(Query query) {}

                    @Override
                    public boolean shouldCache(Query query) {
                        return true;
                    }
                });
    }

    /// @param enough ends it earlier, after the folder in which so many cases found something
    public LeakTally run(int cases, long enough) throws IOException {
        for (int world = 0; isOpen(cases, enough); world++) {
            var place = folder.resolve("world-" + world);
            world(place, world, new Random(seed * 1_000_003 + world));
            Folders.delete(place);
        }
        return tally;
    }

    private boolean isOpen(int cases, long enough) {
        var all = tally.all();
        return all.cases() < cases && !all.isEnough(enough);
    }

    private void world(Path place, int number, Random random) throws IOException {
        var world = new LeakWorld(place.resolve("docs"), number, random);
        var at = place.resolve("index");
        var storage =
                storages.map(each -> each.apply("world_" + number))
                        .orElseGet(() -> IndexStorage.at(at));
        var embedding = new Embedding("hashed-words", "d1", () -> embedder);
        try (var indexer = Indexer.open(storage, embedding, SETTINGS, Clock.systemUTC())) {
            try (var shelf = shelf(world, place)) {
                indexer.run(shelf, false, Progress.silent(), new Cancellation());
            }
            if (storages.isPresent()) {
                try (var commits = storage.commits(_ -> embedder)) {
                    rounds(
                            new Standing(storage, indexer, commits, Optional.empty()),
                            world,
                            place,
                            random);
                }
                return;
            }
            try (var snapshots = new Snapshots(new Generations(at), _ -> embedder)) {
                var commits = new FolderCommits(snapshots);
                rounds(
                        new Standing(storage, indexer, commits, Optional.of(snapshots)),
                        world,
                        place,
                        random);
            }
        }
    }

    /// An index, and how it is looked into.
    ///
    /// @param snapshots what lies behind the commits of an index in a folder
    private record Standing(
            IndexStorage storage,
            Indexer indexer,
            IndexCommits commits,
            Optional<Snapshots> snapshots) {}

    private void rounds(Standing standing, LeakWorld world, Path place, Random random)
            throws IOException {
        try (var index = PersistentIndex.open(standing.storage(), _ -> embedder)) {
            var runs = new LeakRuns(index, tally, random);
            var cases = new LeakCases(index, standing.commits(), embedder, tally, random);
            var answers = new LeakAnswers(index, standing.snapshots(), embedder, tally, random);
            var filters = new LeakFilters(index, tally, random);
            var kept = new LeakKept(place.resolve("kept"), embedder, tally, random);
            for (int round = 0; round < ROUNDS; round++) {
                var before = world.judge();
                for (int i = 0; i < CHANGES; i++) {
                    world.change();
                }
                try (var shelf = shelf(world, place)) {
                    runs.run(standing.indexer(), shelf, world, before, random.nextBoolean());
                }
                var judge = world.judge();
                for (int i = 0; i < QUESTIONS; i++) {
                    cases.ask(judge, world.someone());
                    filters.ask(judge, world.someone());
                    answers.ask(judge, world.someone());
                    answers.hand(judge, world.someone());
                }
                kept.ask(world, judge);
            }
        }
    }

    private static DocumentSource shelf(LeakWorld world, Path place) throws IOException {
        return new LeakShelf(
                new FolderSource(
                        place.resolve("docs"), List.of(), world.policy(), ParseLimits.usual()));
    }

    /// A search that asks the graph of an index in a folder; a database decides by itself.
    static PassageSearch byGraph(IndexCommits.Commit commit) throws IOException {
        return commit.held() instanceof FolderCommits.Held(var snapshot)
                ? search(snapshot, 0)
                : commit.questions().search();
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
