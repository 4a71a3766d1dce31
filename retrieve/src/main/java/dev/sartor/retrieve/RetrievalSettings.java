package dev.sartor.retrieve;

import dev.sartor.core.Problems;

/// What is put in front of the model.
///
/// @param k how many passages at most
/// @param budgetTokens what they may take together of the model's context; the lowest-ranked are dropped
public record RetrievalSettings(int k, SearchMode mode, int budgetTokens) {
    public RetrievalSettings {
        Problems.refuseUnless(
                k >= 1 && k <= PassageIndex.MOST_PASSAGES,
                "retrieval.passages",
                "1 to " + PassageIndex.MOST_PASSAGES,
                k,
                "3 suits small models");
        Problems.refuseUnless(
                budgetTokens >= 1,
                "retrieve.budget_tokens",
                "at least 1",
                budgetTokens,
                "a third of the model's context is usual");
    }
}
