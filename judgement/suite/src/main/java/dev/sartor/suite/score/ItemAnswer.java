package dev.sartor.suite.score;

import dev.sartor.suite.task.BenchmarkItem;
import java.util.Map;
import java.util.Optional;

/// What a model made of an item.
///
/// @param logLikelihoods of the continuations, in nats; empty for a written answer
/// @param greedy of each continuation whether the model would say it itself
/// @param text the written answer
/// @param answers what was found in the text, by the way of finding it
/// @param metrics by lm-eval's names
/// @param tokens that the model had to read: every prompt once, and what follows it
public record ItemAnswer(
        BenchmarkItem item,
        double[] logLikelihoods,
        boolean[] greedy,
        Optional<String> text,
        Map<String, String> answers,
        Map<String, Double> metrics,
        int tokens) {}
