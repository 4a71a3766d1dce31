package dev.sartor.suite.task;

import dev.sartor.core.Origin;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What one row asks, how it is shown when it is solved, and what an answer to it is worth.
public sealed interface BenchmarkItem {
    Source source();

    /// The part of the benchmark that is averaged by itself, such as `anatomy`; empty for most.
    default String subject() {
        return "";
    }

    /// What stands before everything; empty for most.
    default String description() {
        return "";
    }

    /// Question and right answer, as an example for other items.
    String solved();

    /// The row behind it.
    record Source(Origin origin, JsonNode fields) {}

    /// A text, and one that may follow it.
    record Continuation(String context, String text) {}

    /// An item that is answered by how likely given continuations are.
    non-sealed interface Scored extends BenchmarkItem {
        /// @param before description and examples
        List<Continuation> continuations(String before);

        /// The item's metrics, by lm-eval's names.
        ///
        /// @param logLikelihoods of the continuations, in nats
        /// @param greedy of each continuation whether the model would say it itself
        Map<String, Double> metrics(double[] logLikelihoods, boolean[] greedy);
    }

    /// An item that is answered in free text.
    non-sealed interface Written extends BenchmarkItem {
        String prompt(String before);

        /// Texts that end the answer, which are no part of it.
        List<String> stops();

        /// Tokens that the answer may take.
        int most();

        /// What is taken for the answer, by the way of finding it.
        Map<String, String> answers(String text);

        Map<String, Double> metrics(Map<String, String> answers);
    }
}
