package dev.sartor.promptsearch;

import dev.sartor.core.Score;
import dev.sartor.evaluate.PairedComparison;
import dev.sartor.promptsearch.budget.Cost;
import dev.sartor.promptsearch.budget.SearchBudget;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a search found.
///
/// @param folder where it is kept
/// @param proposals in the order in which they were made; the first is the prompt that the search began with
/// @param found the id of the best proposal on validation; 0 where none is better than the first
/// @param start the first's score on validation
/// @param best the best one's score on validation
/// @param gain the best less the first on validation, paired; the best was chosen by it, so that it is too high
/// @param test empty where nothing better was found, and the test examples were not looked at, or the budget ended before them
/// @param version the id of the prompt version that was written; empty where nothing better was found, or it is not tested yet
/// @param isOver whether the budget ended it
/// @param money spent, of tokens and the machine's hours
public record SearchResult(
        String task,
        Path folder,
        List<Proposal> proposals,
        int found,
        Score start,
        Score best,
        PairedComparison gain,
        Optional<TestGain> test,
        Optional<String> version,
        boolean isOver,
        SearchBudget budget,
        Cost spent,
        double money) {
    public SearchResult {
        proposals = List.copyOf(proposals);
    }

    /// Whether no more was spent than was allowed: a call may take longer than was reserved for it, and an API may count tokens otherwise.
    public boolean isWithinBudget() {
        return budget.holds(spent, money);
    }

    /// Whether something better was found whose test the budget had no room for.
    public boolean isUntested() {
        return found != 0 && test.isEmpty();
    }
}
