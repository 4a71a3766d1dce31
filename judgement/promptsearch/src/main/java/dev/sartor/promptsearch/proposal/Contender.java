package dev.sartor.promptsearch.proposal;

import dev.sartor.promptsearch.answer.SearchedPrompt;
import java.util.List;

/// A prompt that answered all validation examples.
///
/// @param id of its proposal; 0 is the prompt that the search began with
/// @param values of each validation example, by the task's metric
/// @param score over all of them
public record Contender(int id, SearchedPrompt prompt, List<Double> values, double score) {
    public Contender {
        values = List.copyOf(values);
    }
}
