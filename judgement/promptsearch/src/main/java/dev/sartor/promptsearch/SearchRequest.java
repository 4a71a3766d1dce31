package dev.sartor.promptsearch;

import dev.sartor.promptsearch.budget.SearchBudget;
import java.util.Optional;

/// What a user asks of a search.
///
/// @param model whose prompt is searched for, a local one or the name of a remote one; empty for the project's
/// @param proposer that is asked for instructions: a local model, the name of a remote one, or `none`; empty for the model itself
public record SearchRequest(
        String task, SearchBudget budget, Optional<String> model, Optional<String> proposer) {
    /// Nobody is asked for instructions.
    public static final String NONE = "none";
}
