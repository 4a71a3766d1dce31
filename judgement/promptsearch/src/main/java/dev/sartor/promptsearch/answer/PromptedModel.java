package dev.sartor.promptsearch.answer;

import dev.sartor.core.Example;
import dev.sartor.promptsearch.budget.Cost;
import java.util.List;

/// The model whose prompt is searched for.
public interface PromptedModel {
    /// What it costs at most to answer these.
    Cost worst(SearchedPrompt prompt, List<Example> examples);

    /// An answer for each example, in their order.
    ///
    /// @throws dev.sartor.core.SartorException {@link dev.sartor.core.SartorException#isTooLong} where a prompt does not fit the
    ///     model's context
    List<Reply> answer(SearchedPrompt prompt, List<Example> examples);

    /// Takes in an answer of an earlier sitting, which may tell how tokens are counted.
    default void recall(SearchedPrompt prompt, Example example, Reply reply) {}

    /// Takes in how long a call of an earlier sitting took.
    ///
    /// @param tokens that it could take at most
    default void recall(long tokens, int questions, double seconds) {}

    /// @param text as a metric judges it
    /// @param promptTokens of the prompt
    /// @param tokens of the prompt and of the answer
    /// @param price of those tokens
    record Reply(String text, long promptTokens, long tokens, double price) {}
}
