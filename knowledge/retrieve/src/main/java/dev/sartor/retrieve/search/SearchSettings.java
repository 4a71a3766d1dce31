package dev.sartor.retrieve.search;

import dev.sartor.core.Problems;
import dev.sartor.retrieve.Conditions;
import dev.sartor.retrieve.SearchMode;
import java.util.Optional;

/// How passages are found and which of them are shown.
///
/// @param fusion of the two rankings, where both are made
/// @param wholeDocument how much the document's own vector counts in a passage's likeness of meaning, 0 to 1; the
///     passage's vector has the rest
/// @param likeness what a passage loses for being like one shown before it, 0 to 1: its score less `likeness` times the
///     cosine to the nearest of those, the score itself weighed by the rest (maximal marginal relevance, Carbonell and
///     Goldstein 1998). 0 shows the best, however alike
/// @param joined whether passages that follow one another in a document are shown as one
/// @param reranking of the first of what was found; empty for none
/// @param where what the documents must be, besides readable by the asker
public record SearchSettings(
        SearchMode mode,
        Fusion fusion,
        double wholeDocument,
        double likeness,
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
                likeness >= 0 && likeness <= 1,
                "likeness",
                "0 to 1",
                likeness,
                "0 shows the best passages, 0.3 fewer alike");
    }

    /// The usual fusion, the best passages each for itself.
    public static SearchSettings of(SearchMode mode) {
        return new SearchSettings(
                mode, Fusion.usual(), USUAL_SHARE, 0, false, Optional.empty(), Conditions.none());
    }

    public SearchSettings fusedBy(Fusion other) {
        return new SearchSettings(mode, other, wholeDocument, likeness, joined, reranking, where);
    }

    public SearchSettings withWholeDocument(double share) {
        return new SearchSettings(mode, fusion, share, likeness, joined, reranking, where);
    }

    public SearchSettings lessAlike(double penalty) {
        return new SearchSettings(mode, fusion, wholeDocument, penalty, joined, reranking, where);
    }

    public SearchSettings joiningNeighbours() {
        return new SearchSettings(mode, fusion, wholeDocument, likeness, true, reranking, where);
    }

    public SearchSettings rerankedBy(Optional<Reranking> other) {
        return new SearchSettings(mode, fusion, wholeDocument, likeness, joined, other, where);
    }

    public SearchSettings where(Conditions conditions) {
        return new SearchSettings(
                mode, fusion, wholeDocument, likeness, joined, reranking, conditions);
    }
}
