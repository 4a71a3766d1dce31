package dev.sartor.promptsearch.proposal;

import dev.sartor.promptsearch.answer.SearchedPrompt;
import java.util.Optional;

/// A prompt to try.
///
/// @param parent the id of the proposal that it changes
/// @param source what made it, such as `rewrite: if about`
/// @param rejected why it is not raced at all; empty where it is
public record Draft(int parent, String source, SearchedPrompt prompt, Optional<String> rejected) {
    static Draft of(Contender parent, String source, SearchedPrompt prompt) {
        return new Draft(parent.id(), source, prompt, Optional.empty());
    }
}
