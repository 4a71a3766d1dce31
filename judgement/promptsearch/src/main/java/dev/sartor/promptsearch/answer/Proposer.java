package dev.sartor.promptsearch.answer;

import dev.sartor.promptsearch.budget.Cost;

/// The model that proposes instructions.
public interface Proposer {
    /// What an answer to this request costs at most.
    Cost worst(String request);

    /// @param seed another one, another proposal
    PromptedModel.Reply propose(String request, long seed);
}
