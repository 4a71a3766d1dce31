package dev.sartor.compare.approach;

import dev.sartor.core.Embedder;
import dev.sartor.core.SartorException;
import dev.sartor.retrieve.ground.RetrievalSettings;
import dev.sartor.retrieve.ground.Retriever;
import dev.sartor.retrieve.index.IndexedWith;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.search.Fusion;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.retrieve.text.AnswerCheck;
import java.nio.file.Path;
import java.util.Optional;

/// A project's documents as its candidates search them: indexed by the project itself, or in an index that stands.
sealed interface SearchedDocuments extends AutoCloseable {
    Retriever lookup(RetrievalSettings settings);

    /// @param unanswerable what is said where nothing is known
    AnswerCheck check(Optional<String> unanswerable);

    /// Of all that decides what is found.
    String digest();

    /// What it took to make them searchable; 0 for an index that stands, which was made before.
    double seconds();

    @Override
    void close();

    /// An index of the project's own.
    ///
    /// @param embedder stays open
    record Own(Library library, Analysis language, Embedder embedder) implements SearchedDocuments {
        @Override
        public Retriever lookup(RetrievalSettings settings) {
            return new Retriever(library.index(), settings);
        }

        @Override
        public AnswerCheck check(Optional<String> unanswerable) {
            return new AnswerCheck(language, embedder, unanswerable);
        }

        @Override
        public String digest() {
            return library.digest();
        }

        @Override
        public double seconds() {
            return library.seconds();
        }

        @Override
        public void close() {
            library.close();
        }
    }

    /// An index that stands, each question shown what its asker may read.
    ///
    /// @param digest as it was opened
    record Persistent(PersistentIndex index, Fusion fusion, String digest)
            implements SearchedDocuments {
        static Persistent open(Path folder, double bm25Weight, Engines engines) {
            var index = PersistentIndex.open(folder, with -> embedder(with, engines));
            try {
                if (!index.with().hasVectors()) {
                    throw SartorException.user(
                            "documents must be a folder, or an index that is searched by meaning, too, and "
                                    + folder
                                    + " holds words alone: run `sartor index` with an --embedder.");
                }
                return new Persistent(
                        index, new Fusion.ConvexCombination(bm25Weight), index.digest());
            } catch (RuntimeException e) {
                index.close();
                throw e;
            }
        }

        private static Embedder embedder(IndexedWith with, Engines engines) {
            if (!engines.digest(with.embedder()).equals(with.digest())) {
                throw SartorException.user(
                        "the index was made with other files of "
                                + with.embedder()
                                + " than are here now: run `sartor index` again, which embeds its"
                                + " documents with these.");
            }
            return engines.embedder(with.embedder());
        }

        @Override
        public Retriever lookup(RetrievalSettings settings) {
            return new Retriever(index, settings, fusion);
        }

        @Override
        public AnswerCheck check(Optional<String> unanswerable) {
            return index.check(unanswerable);
        }

        @Override
        public double seconds() {
            return 0;
        }

        @Override
        public void close() {
            index.close();
        }
    }
}
