package dev.sartor.retrieve.ground;

import dev.sartor.core.Problems;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.search.PassageIndex;
import dev.sartor.retrieve.search.Reranking;
import java.util.Optional;

/// What is looked up for a question.
///
/// @param k how many passages at most
/// @param dropsInjections whether passages that look like an instruction to the model are left out whatever they are from, see
///     {@link InjectionScore}; those of documents that nobody here answers for are left out anyway
/// @param reranking of the first of what was found; empty for none
public record RetrievalSettings(
        int k, SearchMode mode, boolean dropsInjections, Optional<Reranking> reranking) {
    /// Without reranking.
    public RetrievalSettings(int k, SearchMode mode, boolean dropsInjections) {
        this(k, mode, dropsInjections, Optional.empty());
    }

    public RetrievalSettings {
        Problems.refuseUnless(
                k >= 1 && k <= PassageIndex.MOST_PASSAGES,
                "retrieval.passages",
                "1 to " + PassageIndex.MOST_PASSAGES,
                k,
                "3 suits small models");
    }
}
