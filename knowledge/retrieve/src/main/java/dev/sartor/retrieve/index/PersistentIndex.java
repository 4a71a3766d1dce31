package dev.sartor.retrieve.index;

import dev.sartor.core.Embedder;
import dev.sartor.core.Json;
import dev.sartor.core.Pages;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.documents.Metadata;
import dev.sartor.documents.ParseReport;
import dev.sartor.documents.source.FolderSource;
import dev.sartor.retrieve.Finding;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.search.DocumentState;
import dev.sartor.retrieve.search.Duplicates;
import dev.sartor.retrieve.search.PassageIndex;
import dev.sartor.retrieve.search.Reranking;
import dev.sartor.retrieve.search.SearchSettings;
import dev.sartor.retrieve.search.StoredDocuments;
import dev.sartor.retrieve.search.StoredPassages;
import dev.sartor.retrieve.search.VectorForm;
import dev.sartor.retrieve.search.VectorTrial;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.retrieve.text.AnswerCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// A standing index, searched: each question meets the last commit, and every document in it whole. Safe for concurrent
/// callers, beside an {@link Indexer} in this or another process.
public final class PersistentIndex implements AutoCloseable {
    private final IndexCommits commits;

    private PersistentIndex(IndexCommits commits) {
        this.commits = commits;
    }

    /// @param opening opens the embedder that the index names, at the first question by meaning; it must refuse one of
    ///     another digest
    public static PersistentIndex open(Path index, Function<IndexedWith, Embedder> opening) {
        return open(IndexStorage.at(index), opening);
    }

    /// The same of one that is kept anywhere.
    public static PersistentIndex open(
            IndexStorage storage, Function<IndexedWith, Embedder> opening) {
        return new PersistentIndex(storage.commits(opening));
    }

    /// For whoever keeps it and asks nothing.
    public static PersistentIndex unasked(Path index) {
        return unasked(IndexStorage.at(index));
    }

    /// The same wherever it is kept.
    public static PersistentIndex unasked(IndexStorage storage) {
        return open(
                storage,
                _ -> {
                    throw SartorException.defect("an index that nobody asks opens no embedder");
                });
    }

    /// Whether the folder is a standing index, whole or not.
    public static boolean isAt(Path folder) {
        return FolderSource.isIndex(folder);
    }

    /// SHA-256 of what it was made with and of which contents of which documents, with their rules, it holds now.
    public String digest() {
        return commits.with(commit -> {
            var held = new StringBuilder(commit.with().text());
            for (var state : new TreeMap<>(commit.held().stored().states()).values()) {
                held.append('\n')
                        .append(Json.line(List.of(state.path(), state.sha256(), state.rule())));
            }
            return Sha256.of(held.toString());
        });
    }

    /// Whether it holds no passage at all, for anyone.
    public boolean isEmpty() {
        return commits.with(commit -> commit.held().passages() == 0);
    }

    /// What it was made with.
    public IndexedWith with() {
        return commits.with(IndexCommits.Commit::with);
    }

    /// The best `k` passages that the principal may read and that say different things, best first; searched as usual.
    public List<Finding> search(String query, int k, Principal principal) {
        return search(new PassageIndex.Query(query, principal), k, IndexedWith::usual);
    }

    /// The same in the way that is named.
    public List<Finding> search(String query, int k, Principal principal, SearchMode mode) {
        return search(query, k, principal, SearchSettings.of(mode));
    }

    /// The same in another way than the usual.
    ///
    /// @param settings that join no neighbours
    public List<Finding> search(String query, int k, Principal principal, SearchSettings settings) {
        return search(new PassageIndex.Query(query, principal), k, _ -> settings);
    }

    /// The same in a way that depends on what the index was made with.
    public List<Finding> search(
            PassageIndex.Query asked, int k, Function<IndexedWith, SearchSettings> settingsOf) {
        return commits.with(commit -> {
            var way = settingsOf.apply(commit.with());
            var settings = way.rerankedBy(way.reranking().map(Reranking::remembering));
            int depth = Math.min(PassageIndex.MOST_PASSAGES, 2 * k + 10);
            while (true) {
                var found =
                        commit.questions()
                                .searchAll(List.of(asked), Math.max(k, depth), settings)
                                .getFirst();
                var different = Duplicates.collapsed(found, k);
                if (different.size() == k
                        || found.size() < depth
                        || depth == PassageIndex.MOST_PASSAGES) {
                    return different;
                }
                depth = Math.min(PassageIndex.MOST_PASSAGES, 4 * depth);
            }
        });
    }

    /// What checks answers against passages of this index, by words and by the embedder that it was made with at the time.
    ///
    /// @param unanswerable what is said where nothing is known; it states nothing
    public AnswerCheck check(Optional<String> unanswerable) {
        return new AnswerCheck(
                with().settings().analysis(),
                texts -> commits.with(commit -> commit.embed(texts)),
                unanswerable);
    }

    /// For whoever keeps the index: it tells of documents that others may not read.
    public IndexStats stats() {
        return commits.measured(PersistentIndex::stats);
    }

    static IndexStats stats(IndexCommits.Commit commit) throws IOException {
        var states = commit.held().stored().states().values();
        var failed = failed(states);
        int overlong = 0;
        int passages = 0;
        for (var state : states) {
            overlong += state.overlong();
            passages += state.passages();
        }
        return new IndexStats(
                commit.held().generation(),
                commit.with(),
                states.size() - failed.size(),
                passages,
                commit.held().dimension(),
                overlong,
                DocumentState.languagesOf(states),
                (int) states.stream().map(DocumentState::rule).distinct().count(),
                ReaderCounts.of(states),
                failed,
                commit.held().bytes());
    }

    /// For whoever keeps the index: how many documents with passages there are of each access rule.
    public Map<Readers, Integer> documentsByReaders() {
        return commits.with(commit -> {
            var documents = new HashMap<Readers, Integer>();
            commit.held().stored().states().values().stream()
                    .filter(state -> !state.hasFailed())
                    .forEach(state -> documents.merge(state.readers(), 1, Integer::sum));
            return documents;
        });
    }

    /// What a principal may read of it, in numbers.
    public IndexStats.ReadableStats stats(Principal principal) {
        return commits.with(commit -> {
            var states = seen(commit.held().stored(), readableBy(principal));
            var failed = failed(states.values());
            return new IndexStats.ReadableStats(
                    states.size() - failed.size(),
                    states.values().stream().mapToInt(DocumentState::passages).sum(),
                    DocumentState.languagesOf(states.values()),
                    failed);
        });
    }

    private static List<ParseReport.Unreadable> failed(Collection<DocumentState> states) {
        return states.stream()
                .filter(DocumentState::hasFailed)
                .map(state -> new ParseReport.Unreadable(state.path(), state.failure()))
                .sorted(Comparator.comparing(ParseReport.Unreadable::path))
                .toList();
    }

    /// For him there are no other documents.
    private static Predicate<DocumentState> readableBy(Principal principal) {
        return state -> state.readers().admit(principal);
    }

    /// In the order of their paths.
    private static Map<String, DocumentState> seen(
            StoredDocuments stored, Predicate<DocumentState> by) throws IOException {
        var seen = new TreeMap<>(stored.states());
        seen.values().removeIf(by.negate());
        return seen;
    }

    /// What the index's vectors find and take in each form, for whoever keeps it.
    ///
    /// @param questions whose nearest passages are looked for
    /// @param aside an empty folder, where the vectors are written anew
    public List<VectorTrial> vectorForms(List<String> questions, Path aside) {
        return commits.with(commit -> {
            if (!(commit.held() instanceof FolderCommits.Held held)) {
                throw SartorException.user(
                        "forms of vectors are tried on an index in a folder, not in a database: index"
                                + " the same documents into a folder.");
            }
            var asked = commit.questions().embedded(questions);
            var trials = new ArrayList<VectorTrial>();
            for (var form : VectorForm.values()) {
                trials.add(new VectorTrials(held.snapshot().reader(), aside).of(form, asked));
            }
            return trials;
        });
    }

    /// A document as it is indexed.
    ///
    /// @param failure why it has no passages; empty where it was read
    public record Shown(
            String path,
            String title,
            Readers readers,
            Metadata metadata,
            String failure,
            List<Piece> pieces) {}

    /// One of its passages.
    ///
    /// @param language in whose way its words are compared; empty where all are compared alike
    /// @param vector empty where words alone are searched
    public record Piece(
            String id,
            String section,
            String text,
            Pages pages,
            String language,
            List<Float> vector) {
        public Piece {
            vector = List.copyOf(vector);
        }
    }

    /// Whether somebody here answers for what a document says: the index's keeper, unless it came from elsewhere. One that is gone
    /// meanwhile is nobody's.
    public boolean isCurated(String document) {
        return commits.with(commit ->
                commit.held()
                        .stored()
                        .state(document)
                        .filter(state -> state.metadata().isCurated())
                        .isPresent());
    }

    /// For whoever keeps the index.
    ///
    /// @return empty where there is no such document
    public Optional<Shown> show(String document) {
        return show(document, _ -> true);
    }

    /// As a principal sees it.
    ///
    /// @return empty where there is no such document, or he may not read it
    public Optional<Shown> show(String document, Principal principal) {
        return show(document, readableBy(principal));
    }

    private Optional<Shown> show(String document, Predicate<DocumentState> by) {
        return commits.with(commit -> {
            var stored = commit.held().stored();
            var state = stored.state(document).filter(by);
            return state.isEmpty() ? Optional.empty() : Optional.of(shown(state.get(), stored));
        });
    }

    /// The same of all documents of one commit, in the order of their paths.
    public void showAll(Consumer<Shown> shows) {
        showAll(_ -> true, shows);
    }

    /// The same of those that a principal may read.
    public void showAll(Principal principal, Consumer<Shown> shows) {
        showAll(readableBy(principal), shows);
    }

    private void showAll(Predicate<DocumentState> by, Consumer<Shown> shows) {
        commits.with(commit -> {
            var stored = commit.held().stored();
            for (var state : seen(stored, by).values()) {
                shows.accept(shown(state, stored));
            }
            return true;
        });
    }

    private static Shown shown(DocumentState state, StoredDocuments stored) throws IOException {
        return new Shown(
                state.path(),
                state.title(),
                state.readers(),
                state.metadata(),
                state.failure(),
                stored.of(state.path()).stream().map(PersistentIndex::piece).toList());
    }

    private static Piece piece(StoredPassages.Embedded passage) {
        var vector = new ArrayList<Float>();
        for (float value : passage.vector().orElse(new float[0])) {
            vector.add(value);
        }
        var chunk = passage.chunk();
        return new Piece(
                chunk.id(),
                chunk.section(),
                chunk.text(),
                chunk.pages(),
                chunk.language().map(Analysis::label).orElse(""),
                vector);
    }

    /// The paths of all documents, for whoever keeps the index.
    public List<String> documents() {
        return documents(_ -> true);
    }

    /// The paths of those that a principal may read.
    public List<String> documents(Principal principal) {
        return documents(readableBy(principal));
    }

    private List<String> documents(Predicate<DocumentState> by) {
        return commits.with(commit -> List.copyOf(seen(commit.held().stored(), by).keySet()));
    }

    @Override
    public void close() {
        commits.close();
    }
}
