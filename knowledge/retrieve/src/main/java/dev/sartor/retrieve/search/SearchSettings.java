package dev.sartor.retrieve.search;

import dev.sartor.core.Problems;
import dev.sartor.retrieve.Conditions;
import dev.sartor.retrieve.SearchMode;
import java.util.Optional;

/// How passages are found and which of them are shown.
///
/// @param fusion of the two rankings, where both are made
/// @param wholeDocument how much the document's own vector counts in a passage's similarity of meaning, 0 to 1; the
///     passage's vector has the rest
/// @param mmrLambda the λ of maximal marginal relevance (Carbonell and Goldstein 1998), 0 to 1: a passage's score counts
///     λ, and 1 − λ times the cosine to the nearest of those shown before it is taken off. 1 shows the best, however alike
/// @param joined whether passages that follow one another in a document are shown as one
/// @param reranking of the first of what was found; empty for none
/// @param where what the documents must be, besides readable by the asker
public record SearchSettings(
        SearchMode mode,
        Fusion fusion,
        double wholeDocument,
        double mmrLambda,
        boolean joined,
        Optional<Reranking> reranking,
        Conditions where) {
    /// See decision 0019.
    private static final double USUAL_SHARE = 0.5;

    public SearchSettings {
        Problems.refuseUnless(
                wholeDocument >= 0 && wholeDocument <= 1,
                "the share of the whole document",
                "0 to 1",
                wholeDocument,
                "0.5 is usual");
        Problems.refuseUnless(
                mmrLambda >= 0 && mmrLambda <= 1,
                "--mmr-lambda",
                "0 to 1",
                mmrLambda,
                "1 shows the best passages, 0.7 fewer alike");
    }

    /// The usual fusion, the best passages each for itself.
    public static SearchSettings of(SearchMode mode) {
        return new SearchSettings(
                mode, Fusion.usual(), USUAL_SHARE, 1, false, Optional.empty(), Conditions.none());
    }

    public SearchSettings fusedBy(Fusion other) {
        return new SearchSettings(mode, other, wholeDocument, mmrLambda, joined, reranking, where);
    }

    public SearchSettings withWholeDocument(double share) {
        return new SearchSettings(mode, fusion, share, mmrLambda, joined, reranking, where);
    }

    public SearchSettings withMmrLambda(double lambda) {
        return new SearchSettings(mode, fusion, wholeDocument, lambda, joined, reranking, where);
    }

    public SearchSettings joiningNeighbours() {
        return new SearchSettings(mode, fusion, wholeDocument, mmrLambda, true, reranking, where);
    }

    public SearchSettings rerankedBy(Optional<Reranking> other) {
        return new SearchSettings(mode, fusion, wholeDocument, mmrLambda, joined, other, where);
    }

    public SearchSettings where(Conditions conditions) {
        return new SearchSettings(
                mode, fusion, wholeDocument, mmrLambda, joined, reranking, conditions);
    }
}
