package dev.sartor.retrieve.index;

import dev.sartor.core.Embedder;
import dev.sartor.retrieve.search.PassageQuestions;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/// What a standing index held at its commits, the last of them always to be had. Safe for concurrent callers.
public interface IndexCommits extends AutoCloseable {
    /// One commit, and what embeds questions to it.
    record Commit(HeldCommit held, PassageQuestions questions) {
        public IndexedWith with() {
            return held.with();
        }

        /// Vectors of texts, comparable with the index's; none where it holds none.
        List<float[]> embed(List<String> texts) {
            return questions.embedder().map(each -> each.embed(texts)).orElse(List.of());
        }
    }

    /// An embedder that is opened at the first use, and once.
    static Embedder lazily(IndexedWith with, Function<IndexedWith, Embedder> opening) {
        return new LazyEmbedder(
                new Embedding(with.embedder(), with.digest(), () -> opening.apply(with)));
    }

    /// What is done with a commit.
    @FunctionalInterface
    interface Use<T> {
        T of(Commit commit) throws IOException;
    }

    /// Uses the last commit, which stays open meanwhile.
    <T> T with(Use<T> use);

    /// The same for what looks at how much the commit takes where it is kept.
    <T> T measured(Use<T> use);

    @Override
    void close();
}
