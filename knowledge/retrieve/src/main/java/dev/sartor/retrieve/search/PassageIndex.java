package dev.sartor.retrieve.search;

import dev.sartor.core.Embedder;
import dev.sartor.core.Json;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.ParseReport;
import dev.sartor.documents.source.DocumentCollection;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.access.AccessRules;
import dev.sartor.retrieve.split.PlainWords;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.retrieve.text.WordField;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.store.FSDirectory;

/// Passages of documents, found by words (BM25) and by meaning (the embedder's vectors). Nobody is shown a
/// passage that he may not read: both searches look only at what the principal may read. Safe for concurrent callers.
public final class PassageIndex implements AutoCloseable {
    /// k1 = 0.9, b = 0.4: better than Lucene's defaults on most collections of short passages (Anserini's choice).
    public static final float K1 = 0.9f;

    public static final float B = 0.4f;
    public static final Similarity SIMILARITY = new BM25Similarity(K1, B);

    /// The most passages that one search gives.
    public static final int MOST_PASSAGES = 1000;

    /// Passages up to which every vector is compared: 17,000 of 384 numbers take 1.5 ms, in order, where the graph under a filter takes 4.6.
    public static final int EXACT_UP_TO = 25_000;

    /// Counts changes to the index's layout.
    private static final String FORMAT = "4";

    private final DirectoryReader reader;
    private final PassageQuestions questions;
    private final Analyzer analyzer;
    private final IndexManifest manifest;
    private final Fusion fusion;
    private final Path folder;

    private PassageIndex(
            Path folder, IndexSettings settings, Optional<Embedder> embedder, Fusion fusion)
            throws IOException {
        this(
                folder,
                DirectoryReader.open(FSDirectory.open(folder)),
                IndexManifest.read(folder),
                settings,
                embedder,
                fusion);
    }

    private PassageIndex(
            Path folder,
            DirectoryReader reader,
            IndexManifest manifest,
            IndexSettings settings,
            Optional<Embedder> embedder,
            Fusion fusion) {
        this.fusion = fusion;
        this.folder = folder;
        this.manifest = manifest;
        this.reader = reader;
        this.analyzer = settings.analysis().analyzer();
        var searcher = new IndexSearcher(reader);
        searcher.setSimilarity(SIMILARITY);
        this.questions =
                new PassageQuestions(
                        new PassageSearch(
                                searcher,
                                analyzer,
                                manifest.accessRules(),
                                new VectorSearch(searcher, EXACT_UP_TO)),
                        embedder);
    }

    /// Opens the index of these documents, building it first where the cache holds none made from the very same
    /// documents, settings and embedder.
    ///
    /// @param cache the folder that holds indexes
    /// @param embedder empty for BM25 alone; the caller's to close, after the index
    public static PassageIndex open(
            Path cache,
            DocumentCollection source,
            IndexSettings settings,
            Optional<Embedder> embedder,
            Progress progress) {
        return open(cache, source, settings, embedder, Fusion.usual(), progress);
    }

    /// The same, with rankings fused in another way than the usual.
    public static PassageIndex open(
            Path cache,
            DocumentCollection source,
            IndexSettings settings,
            Optional<Embedder> embedder,
            Fusion fusion,
            Progress progress) {
        var builder = new IndexBuilder(settings, embedder, progress);
        var index =
                new IndexStore(cache)
                        .open(
                                key(source, settings, embedder),
                                aside -> builder.build(source, aside),
                                folder -> new PassageIndex(folder, settings, embedder, fusion),
                                progress);
        index.sayWhatIsMissing(progress);
        return index;
    }

    /// What a standing index holds at one commit. Whoever opened the reader closes it.
    public static PassageIndex at(
            DirectoryReader commit,
            Path folder,
            IndexSettings settings,
            Optional<Embedder> embedder)
            throws IOException {
        var manifest =
                new IndexManifest(
                        WordField.passages(commit),
                        0,
                        new ParseReport(0, List.of()),
                        AccessRules.in(commit).rules().values().stream()
                                .map(Readers::sorted)
                                .toList());
        return new PassageIndex(folder, commit, manifest, settings, embedder, Fusion.usual());
    }

    private static String key(
            DocumentCollection source, IndexSettings settings, Optional<Embedder> embedder) {
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
        if (plain() > 0) {
            progress.say(PlainWords.said(plain()));
        }
        if (manifest.overlong() > 0) {
            progress.say(
                    manifest.overlong()
                            + " of "
                            + passages()
                            + " passages are longer than the embedder reads: their ends are found by"
                            + " words only. A smaller retrieval.chunk_tokens avoids it.");
        }
    }

    /// How many passages are in a language that was not told.
    private int plain() {
        try {
            return reader.getDocCount(WordField.of(Optional.of(Analysis.ANY)));
        } catch (IOException e) {
            throw unreadable(e);
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
    public record Query(String text, Principal principal) {}

    /// The best `k` passages that the principal may read, best first; fewer where fewer match.
    public List<Passage> search(String text, int k, Principal principal, SearchMode mode) {
        return searchAll(List.of(new Query(text, principal)), k, mode).getFirst();
    }

    /// The same for many questions, which are embedded together.
    public List<List<Passage>> searchAll(List<Query> inquiries, int k, SearchMode mode) {
        return searchAll(inquiries, k, usual(mode));
    }

    /// How this index is searched where nothing else is said.
    public SearchSettings usual(SearchMode mode) {
        return SearchSettings.of(mode).fusedBy(fusion);
    }

    /// The same in another way than the usual.
    public List<List<Passage>> searchAll(List<Query> inquiries, int k, SearchSettings settings) {
        try {
            return questions.searchAll(inquiries, k, settings);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// How well each weight of words finds what is known to answer these questions.
    ///
    /// @param relevant each question's relevant documents
    public List<WeightTrial> weights(List<Query> inquiries, List<Set<String>> relevant) {
        var asked = questions.vectors(inquiries, SearchMode.HYBRID);
        try {
            var trials = new WeightTrials(questions.search());
            for (int i = 0; i < inquiries.size(); i++) {
                trials.add(inquiries.get(i), asked.get(i), relevant.get(i));
            }
            return trials.all();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// The vectors of questions.
    public List<float[]> embedded(List<String> texts) {
        return questions.embedded(texts);
    }

    /// Questions to this commit, as a standing index asks them.
    public PassageQuestions questions() {
        return questions;
    }

    private SartorException unreadable(IOException e) {
        return SartorException.missing(
                "cannot read the index in "
                        + folder
                        + ": "
                        + e.getMessage()
                        + ". Remove the folder; it is built anew at the next start.",
                e);
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
