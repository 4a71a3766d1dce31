package dev.sartor.retrieve;

import dev.sartor.core.AtomicFile;
import dev.sartor.core.Embedder;
import dev.sartor.core.Json;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Problems;
import dev.sartor.core.Progress;
import dev.sartor.core.SartorException;
import dev.sartor.core.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/// Passages of documents, found by words (BM25) and by meaning (the embedder's vectors). Nobody is shown a
/// passage that he may not read: both searches look only at what the principal may read. Safe for concurrent callers.
public final class PassageIndex implements AutoCloseable {
    /// k1 = 0.9, b = 0.4: better than Lucene's defaults on most collections of short passages (Anserini's choice).
    static final Similarity SIMILARITY = new BM25Similarity(0.9f, 0.4f);

    /// The most passages that one search gives.
    public static final int MOST_PASSAGES = 1000;

    /// How deep each of two rankings is read before they are fused.
    private static final int DEPTH = 100;

    /// Passages up to which every vector is compared: 384 numbers each take 4 ms for so many.
    private static final int EXACT_UP_TO = 10_000;

    /// Counts changes to the index's layout.
    private static final String FORMAT = "1";

    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final VectorSearch vectors;
    private final Analyzer analyzer;
    private final IndexManifest manifest;
    private final AccessRules rules;
    private final Optional<Embedder> embedder;
    private final Path folder;

    private PassageIndex(Path folder, IndexSettings settings, Optional<Embedder> embedder)
            throws IOException {
        this.folder = folder;
        this.manifest = IndexManifest.read(folder);
        this.rules = manifest.accessRules();
        this.embedder = embedder;
        this.reader = DirectoryReader.open(FSDirectory.open(folder));
        this.searcher = new IndexSearcher(reader);
        searcher.setSimilarity(SIMILARITY);
        this.vectors = new VectorSearch(searcher, EXACT_UP_TO);
        this.analyzer = settings.analysis().analyzer();
    }

    /// Opens the index of these documents, building it first where the cache holds none made from the very same
    /// documents, settings and embedder.
    ///
    /// @param cache the folder that holds indexes
    /// @param embedder empty for BM25 alone; the caller's to close, after the index
    public static PassageIndex open(
            Path cache,
            DocumentSource source,
            IndexSettings settings,
            Optional<Embedder> embedder,
            Progress progress) {
        var builder = new IndexBuilder(settings, embedder, progress);
        var index =
                new IndexStore(cache)
                        .open(
                                key(source, settings, embedder),
                                aside -> builder.build(source, aside),
                                folder -> new PassageIndex(folder, settings, embedder),
                                progress);
        index.sayWhatIsMissing(progress);
        return index;
    }

    private static String key(
            DocumentSource source, IndexSettings settings, Optional<Embedder> embedder) {
        var made =
                List.of(
                        FORMAT,
                        source.digest(),
                        settings,
                        embedder.map(model -> model.name() + "/" + model.dimension()).orElse(""));
        return Sha256.of(Json.line(made)).substring(0, 32);
    }

    private void sayWhatIsMissing(Progress progress) {
        if (report().hasNotes()) {
            report().lines().forEach(progress::say);
        }
        if (manifest.overlong() > 0) {
            progress.say(
                    manifest.overlong()
                            + " of "
                            + passages()
                            + " passages are longer than the embedder reads: their ends are found by"
                            + " words only. A smaller retrieve.chunk_tokens avoids it.");
        }
    }

    /// What became of the documents when the index was built.
    public ParseReport report() {
        return manifest.report();
    }

    /// How many passages there are.
    public int passages() {
        return manifest.passages();
    }

    /// A question, and who asks it.
    public record Inquiry(String text, Principal principal) {}

    /// The best `k` passages that the principal may read, best first; fewer where fewer match.
    public List<Passage> search(String text, int k, Principal principal, SearchMode mode) {
        return searchAll(List.of(new Inquiry(text, principal)), k, mode).getFirst();
    }

    /// The same for many questions, which are embedded together.
    public List<List<Passage>> searchAll(List<Inquiry> inquiries, int k, SearchMode mode) {
        Problems.refuseUnless(
                k >= 1 && k <= MOST_PASSAGES,
                "retrieval.passages",
                "1 to " + MOST_PASSAGES,
                k,
                "3 suits small models");
        var asked = vectors(inquiries, mode);
        var found = new ArrayList<List<Passage>>();
        try {
            for (int i = 0; i < inquiries.size(); i++) {
                found.add(search(inquiries.get(i), asked.isEmpty() ? null : asked.get(i), k, mode));
            }
        } catch (IOException e) {
            throw SartorException.missing(
                    "cannot read the index in "
                            + folder
                            + ": "
                            + e.getMessage()
                            + ". Remove the folder; it is built anew at the next start.",
                    e);
        }
        return found;
    }

    private List<float[]> vectors(List<Inquiry> inquiries, SearchMode mode) {
        if (mode == SearchMode.BM25) {
            return List.of();
        }
        var model =
                embedder.orElseThrow(() ->
                        SartorException.user(
                                "retrieve.mode must be bm25 without an embedder, got "
                                        + mode.name().toLowerCase(java.util.Locale.ROOT)
                                        + ": name an embedder or choose bm25"));
        return model.embedQueries(inquiries.stream().map(Inquiry::text).toList());
    }

    private List<Passage> search(Inquiry inquiry, float @Nullable [] vector, int k, SearchMode mode)
            throws IOException {
        if (inquiry.text().isBlank()) {
            return List.of();
        }
        var filter = rules.filter(inquiry.principal());
        int depth = Math.min(passages(), mode == SearchMode.HYBRID ? Math.max(k, DEPTH) : k);
        var rankings = new ArrayList<List<Hit>>();
        if (mode != SearchMode.VECTOR) {
            rankings.add(byWords(inquiry.text(), filter, depth));
        }
        if (vector != null) {
            rankings.add(vectors.nearest(vector, filter, depth));
        }
        var best = rankings.size() == 1 ? rankings.getFirst() : Fusion.reciprocalRanks(rankings, k);
        var passages = new ArrayList<Passage>();
        for (var hit : best) {
            passages.add(passage(hit));
        }
        return passages;
    }

    private List<Hit> byWords(String text, Optional<Query> filter, int depth) throws IOException {
        var words = new WordQuery(analyzer, reader).of(text);
        var query = new BooleanQuery.Builder().add(words, BooleanClause.Occur.MUST);
        filter.ifPresent(rule -> query.add(rule, BooleanClause.Occur.FILTER));
        var hits = new ArrayList<Hit>();
        for (var hit : searcher.search(query.build(), depth).scoreDocs) {
            hits.add(new Hit(hit.doc, hit.score));
        }
        return hits;
    }

    private Passage passage(Hit hit) throws IOException {
        var stored = reader.storedFields().document(hit.document());
        return new Passage(
                stored.get(IndexBuilder.ID),
                stored.get(IndexBuilder.DOCUMENT),
                stored.get(IndexBuilder.SECTION),
                stored.get(IndexBuilder.TEXT),
                hit.score(),
                rules.rule(stored.get(AccessRules.FIELD)));
    }

    @Override
    public void close() {
        try {
            reader.close();
            reader.directory().close();
            analyzer.close();
        } catch (IOException e) {
            throw AtomicFile.failure(folder, e);
        }
    }
}
