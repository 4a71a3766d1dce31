package dev.sartor.retrieve;

/// How passages are found.
public enum SearchMode {
    /// By both, fused by reciprocal ranks (Cormack et al. 2009).
    HYBRID,
    /// By the words they share with the question.
    BM25,
    /// By the similarity of their meaning, as the embedder sees it.
    VECTOR
}
