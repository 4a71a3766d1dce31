package dev.sartor.promptsearch;

import java.util.List;
import java.util.Optional;

/// A prompt that was proposed, and what became of it.
///
/// @param id its number; 0 is the prompt that the search began with
/// @param parent the proposal that it changes; empty for the first
/// @param source what proposed it
/// @param examples the ids of the training examples that it shows, in their order
/// @param said why it was not raced, or is out; empty where there is nothing to say
/// @param answered how many validation examples it answered
/// @param score the task's metric on those, 0 to 1; empty where it answered none
/// @param tokens of all training and validation examples that were asked with it
public record Proposal(
        int id,
        Optional<Integer> parent,
        String source,
        String instruction,
        List<String> examples,
        Outcome outcome,
        Optional<String> said,
        int answered,
        Optional<Double> score,
        long tokens) {
    public Proposal {
        examples = List.copyOf(examples);
    }
}
