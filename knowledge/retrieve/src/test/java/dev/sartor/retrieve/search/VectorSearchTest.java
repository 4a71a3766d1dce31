package dev.sartor.retrieve.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.documents.source.Documents;
import dev.sartor.retrieve.ChunkSettings;
import dev.sartor.retrieve.HashedWords;
import dev.sartor.retrieve.Hit;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.access.AccessRules;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.retrieve.text.Chunker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The graph against every passage compared.
class VectorSearchTest {
    private static final long SEED = 11;
    private static final int DOCUMENTS = 2000;
    private static final int QUESTIONS = 50;
    private static final Principal ANN = new Principal(Set.of("user:ann"));

    @TempDir private Path cache;
    private final HashedWords embedder = new HashedWords(128, 256);

    private static String text(Random random) {
        return random.ints(15, 0, 400).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    }

    private Documents documents() {
        var random = new Random(SEED);
        var documents = new ArrayList<Document>();
        for (int i = 0; i < DOCUMENTS; i++) {
            var readers =
                    i % 3 == 0
                            ? Readers.everyone()
                            : Readers.anyOf(List.of("user:" + (i % 3 == 1 ? "ann" : "ben")));
            documents.add(Document.of("d" + i, "d" + i, text(random), readers));
        }
        return Documents.of(documents);
    }

    private PassageIndex open(Path folder, Documents documents) {
        return open(folder, documents, VectorForm.FP32);
    }

    private PassageIndex open(Path folder, Documents documents, VectorForm form) {
        var settings = new IndexSettings(ChunkSettings.usual(), Analysis.ENGLISH, form);
        return PassageIndex.open(
                folder, documents, settings, Optional.of(embedder), Progress.silent());
    }

    /// The graph, and the comparison with every vector, over one index.
    @ParameterizedTest
    @EnumSource
    void comparingAllMissesNothingAndTheGraphLittle(VectorForm form) throws IOException {
        var documents = documents();
        open(cache, documents, form).close();
        var chunker = new Chunker(ChunkSettings.usual(), embedder::countTokens);
        var admitted = new ArrayList<Integer>();
        var vectors = new ArrayList<float[]>();
        for (var document : documents.all()) {
            if (document.readers().admit(ANN)) {
                admitted.add(vectors.size());
            }
            var chunk = chunker.chunks(document).getFirst();
            vectors.addAll(embedder.embed(List.of(chunk.indexed())));
        }
        var rules = AccessRules.of(documents.all().stream().map(Document::readers).toList());
        try (var directory = FSDirectory.open(folder());
                var reader = DirectoryReader.open(directory)) {
            var searcher = new IndexSearcher(reader);
            var exact = new VectorSearch(searcher, DOCUMENTS);
            var graph = new VectorSearch(searcher, 0);
            var random = new Random(SEED + 1);
            int found = 0;
            for (int q = 0; q < QUESTIONS; q++) {
                var asked = embedder.embed(List.of(text(random))).getFirst();
                var nearest =
                        admitted.stream()
                                .map(i -> new Hit(i, product(asked, vectors.get(i))))
                                .sorted(
                                        Comparator.comparingDouble(Hit::score)
                                                .reversed()
                                                .thenComparingInt(Hit::document))
                                .limit(10)
                                .toList();
                assertThat(exact.nearest(asked, rules.filter(ANN), 10)).isEqualTo(nearest);
                var byGraph = graph.nearest(asked, rules.filter(ANN), 10);
                assertThat(byGraph)
                        .hasSize(10)
                        .allMatch(hit -> admitted.contains(hit.document()))
                        .allSatisfy(hit ->
                                assertThat(hit.score())
                                        .isCloseTo(
                                                product(asked, vectors.get(hit.document())),
                                                within(1e-5)));
                double tenth = nearest.getLast().score();
                found += (int) byGraph.stream().filter(h -> h.score() > tenth - 1e-5).count();
            }
            // 500 would be perfect; random words are harder on a graph than meanings are.
            assertThat(found).as("seed %d", SEED).isGreaterThanOrEqualTo(490);
        }
    }

    @Test
    void ofFewPermittedAllAreFoundHoweverTheyAreSought() throws IOException {
        open(cache, documents()).close();
        var few =
                new TermInSetQuery(
                        IndexBuilder.ID,
                        IntStream.range(0, 7)
                                .mapToObj(i -> new BytesRef("d" + (i * 250 + 3) + "#1"))
                                .toList());
        try (var directory = FSDirectory.open(folder());
                var reader = DirectoryReader.open(directory)) {
            var searcher = new IndexSearcher(reader);
            var asked = embedder.embed(List.of(text(new Random(SEED)))).getFirst();
            var exact = new VectorSearch(searcher, DOCUMENTS).nearest(asked, Optional.of(few), 10);
            assertThat(exact).hasSize(7);
            assertThat(new VectorSearch(searcher, 0).nearest(asked, Optional.of(few), 10))
                    .isEqualTo(exact);
            assertThat(new VectorSearch(searcher, 0).nearest(asked, Optional.of(few), 3))
                    .isEqualTo(exact.subList(0, 3));
        }
    }

    private Path folder() throws IOException {
        try (var all = Files.list(cache)) {
            return all.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    @Test
    void theSameDocumentsGiveTheSameAnswersWhereverAndHoweverOftenTheyAreIndexed()
            throws InterruptedException, ExecutionException {
        var documents = documents();
        try (var one = open(cache.resolve("one"), documents);
                var two = open(cache.resolve("two"), documents);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var random = new Random(SEED + 2);
            var inquiries = new ArrayList<PassageIndex.Query>();
            for (int q = 0; q < 20; q++) {
                inquiries.add(new PassageIndex.Query(text(random), ANN));
            }
            var expected = one.searchAll(inquiries, 10, SearchMode.HYBRID);
            assertThat(two.searchAll(inquiries, 10, SearchMode.HYBRID)).isEqualTo(expected);
            var tasks = new ArrayList<Future<List<Passage>>>();
            for (var inquiry : inquiries) {
                Callable<List<Passage>> task =
                        () -> one.search(inquiry.text(), 10, ANN, SearchMode.HYBRID);
                tasks.add(threads.submit(task));
            }
            for (int q = 0; q < tasks.size(); q++) {
                assertThat(tasks.get(q).get()).as("concurrently").isEqualTo(expected.get(q));
            }
        }
    }
}
