package dev.sartor.retrieve.index;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.Failpoints;
import dev.sartor.core.work.Progress;
import dev.sartor.retrieve.access.PrivateDirectory;
import dev.sartor.retrieve.search.DocumentState;
import dev.sartor.retrieve.search.PassageIndex;
import dev.sartor.retrieve.search.StoredPassages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/// Writes into a generation of a standing index in a folder. A document's block is replaced as a whole; what was not committed is
/// lost at close, and nothing else is. Not thread-safe.
final class LuceneWriting implements IndexWriting {
    /// One passage in so many.
    private static final int LARGE_CHANGE = 10;

    private static final int FEWEST_SEGMENTS = 3;

    /// In passages: a larger index keeps more segments, as one that is joined is written whole.
    private static final int LARGEST_SEGMENT = 500_000;

    private final Directory directory;
    private final Analyzer analyzer;
    private final IndexWriter writer;
    private final Map<String, float[]> uncommitted = new HashMap<>();
    private StoredPassages stored;
    private Optional<Map<String, DocumentState>> states = Optional.empty();

    private LuceneWriting(Directory directory, Analyzer analyzer, IndexWriter writer)
            throws IOException {
        this.directory = directory;
        this.analyzer = analyzer;
        this.writer = writer;
        this.stored = new StoredPassages(DirectoryReader.open(directory));
    }

    /// @param folder empty, or a generation made with the same
    static LuceneWriting open(Path folder, IndexedWith with) throws IOException {
        var directory = PrivateDirectory.open(folder);
        var analyzer = with.settings().analysis().analyzer();
        try {
            var config =
                    new IndexWriterConfig(analyzer)
                            .setSimilarity(PassageIndex.SIMILARITY)
                            .setCodec(with.settings().vectors().codec())
                            .setMergeScheduler(IndexMerging.scheduler())
                            .setCommitOnClose(false);
            var writer = new IndexWriter(IndexMerging.watched(directory), config);
            if (!DirectoryReader.indexExists(directory)) {
                writer.setLiveCommitData(Map.of(Generations.MADE_WITH, with.text()).entrySet());
                writer.commit();
            }
            return new LuceneWriting(directory, analyzer, writer);
        } catch (IOException e) {
            directory.close();
            analyzer.close();
            throw e;
        }
    }

    @Override
    public StoredPassages stored() {
        return stored;
    }

    @Override
    public Map<String, DocumentState> states() throws IOException {
        if (states.isEmpty()) {
            states = Optional.of(stored.states());
        }
        return states.orElseThrow();
    }

    @Override
    public Map<String, float[]> vectorsOf(Set<String> contents) throws IOException {
        var known = new HashMap<String, float[]>();
        for (var content : contents) {
            var recent = uncommitted.get(content);
            var vector = recent == null ? stored.vectorOf(content) : Optional.of(recent);
            vector.ifPresent(each -> known.put(content, each));
        }
        return known;
    }

    @Override
    public int uncommitted() {
        return uncommitted.size();
    }

    @Override
    public void replace(DocumentState state, List<StoredPassages.Embedded> passages)
            throws IOException {
        Failpoints.reach("index.write");
        writer.updateDocuments(
                new Term(StoredPassages.OWNER, state.path()),
                StoredPassages.block(passages, state));
        for (var passage : passages) {
            passage.vector()
                    .ifPresent(v -> uncommitted.put(StoredPassages.content(passage.chunk()), v));
        }
    }

    /// Takes over all that others wrote with the same settings, each into a folder of its own, and commits.
    void takeOver(List<Path> parts, Progress.Step step) throws IOException {
        for (var part : parts) {
            try (var source = FSDirectory.open(part)) {
                writer.addIndexes(source);
            }
            step.advance(1);
        }
        commit();
    }

    @Override
    public void restate(DocumentState state) throws IOException {
        writer.updateDocument(
                new Term(StoredPassages.STATE_OF, state.path()), StoredPassages.fields(state));
    }

    @Override
    public void remove(String path) throws IOException {
        writer.deleteDocuments(new Term(StoredPassages.OWNER, path));
    }

    /// How many documents are to be forgotten.
    int count(ForgottenDocuments forgotten) throws IOException {
        return (int)
                states().values().stream()
                        .filter(state -> forgotten.holds(state.path(), state.sha256()))
                        .count();
    }

    /// Deletes documents, and writes all segments that hold deleted ones anew, so that with the commit the files hold no byte of
    /// either.
    void forget(ForgottenDocuments forgotten) throws IOException {
        for (var state : stored.states().values()) {
            if (forgotten.holds(state.path(), state.sha256())) {
                remove(state.path());
            }
        }
        commit();
        var all = new TieredMergePolicy().setForceMergeDeletesPctAllowed(0);
        writer.getConfig().setMergePolicy(all);
        merge(writer::forceMergeDeletes);
        if (stored.reader().hasDeletions()) {
            throw SartorException.defect(
                    "segments with deleted documents are left in " + directory);
        }
    }

    @Override
    public void commit() throws IOException {
        Failpoints.reach("index.commit");
        writer.commit();
        Failpoints.reach("index.committed");
        uncommitted.clear();
        var newer = DirectoryReader.openIfChanged(stored.reader());
        if (newer != null) {
            stored.reader().close();
            stored = new StoredPassages(newer);
            states = Optional.empty();
        }
    }

    /// Joins segments where many passages are new: a question asks the graph of each segment, which takes its time per
    /// segment rather than per passage. What a small change leaves is for Lucene's own merging.
    ///
    /// @param written passages since the last call, or more
    @Override
    public void settle(int written, Progress progress) throws IOException {
        var segments = segments(stored.reader().numDocs(), written);
        if (segments.isPresent()) {
            progress.say("Joining the index's segments, so that questions take less time.");
            join(segments.getAsInt());
        }
    }

    /// Into how many, if at all. Below, every vector is compared, whatever segment it lies in.
    static OptionalInt segments(int held, int written) {
        return held <= PassageIndex.EXACT_UP_TO || written < held / LARGE_CHANGE
                ? OptionalInt.empty()
                : OptionalInt.of(Math.max(FEWEST_SEGMENTS, held / LARGEST_SEGMENT));
    }

    void join(int segments) throws IOException {
        merge(() -> writer.forceMerge(segments));
    }

    @FunctionalInterface
    private interface Merging {
        void run() throws IOException;
    }

    private void merge(Merging merging) throws IOException {
        try {
            merging.run();
        } catch (IOException | IllegalStateException e) {
            // As the merging thread's failure or as the writer's that it closed, whichever is
            // first.
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
        commit();
    }

    @Override
    public void close() throws IOException {
        stored.reader().close();
        writer.rollback();
        directory.close();
        analyzer.close();
    }
}
