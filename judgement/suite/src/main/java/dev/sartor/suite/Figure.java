package dev.sartor.suite;

import java.util.OptionalDouble;

/// One figure of a task.
///
/// @param metric lm-eval's name of metric and filter, such as `acc_norm,none`
/// @param standardError empty where there is one item
public record Figure(String metric, double value, OptionalDouble standardError) {
    private static final String PERPLEXITY = "perplexity";

    /// All of lm-eval's metrics here but this one are shares, 0 to 1.
    static boolean isPerplexity(String metric) {
        return metric.startsWith(PERPLEXITY);
    }

    public boolean isHigherBetter() {
        return !isPerplexity(metric);
    }
}
