package dev.sartor.promptsearch;

import dev.sartor.compare.verdict.Standings;
import dev.sartor.core.Example;
import dev.sartor.evaluate.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// The race of proposals on growing parts of the validation examples, as candidates race (decision 0030), with two differences: a proposal is
/// out as soon as it is shown to be worse than the best at all, and each may be dropped wrongly with a probability of 5 %, where a comparison
/// divides that over all candidates. What is lost by a wrong drop is a proposal, not a candidate (decision 0034).
final class PromptRace {
    private final List<Example> order;
    private final Metric metric;
    private final Standings standings;
    private double best = Double.NEGATIVE_INFINITY;

    /// @param validation at least one
    PromptRace(List<Example> validation, Metric metric, long seed) {
        var shuffled = new ArrayList<>(validation);
        Collections.shuffle(shuffled, new Random(seed));
        this.order = List.copyOf(shuffled);
        this.metric = metric;
        this.standings = new Standings(order.stream().map(Example::id).toList(), 0, 1);
    }

    Metric metric() {
        return metric;
    }

    /// A figure of all examples together shows nothing example by example.
    private boolean isOn() {
        return metric.isMean();
    }

    /// The validation examples in the order in which they are answered.
    List<Example> order() {
        return order;
    }

    /// After how many examples a proposal is looked at; the last look is after all.
    List<Integer> looks() {
        var looks = isOn() ? standings.looks() : List.<Integer>of();
        return looks.isEmpty() ? List.of(order.size()) : looks;
    }

    /// Takes in a proposal that answered all examples.
    ///
    /// @param values of the examples in their order
    void enter(String name, double[] values) {
        Map<String, Double> scores = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            scores.put(order.get(i).id(), values[i]);
        }
        standings.enter(new Standings.Entrant(name, name, scores));
        best = Math.max(best, Arrays.stream(values).sum());
    }

    /// Why a proposal is out; empty where it goes on.
    ///
    /// @param values of the first examples
    Optional<Outcome> out(double[] values) {
        if (!isOn() || values.length == order.size()) {
            return Optional.empty();
        }
        double atMost = Arrays.stream(values).sum() + order.size() - values.length;
        if (atMost <= best) {
            return Optional.of(Outcome.OUT_OF_REACH);
        }
        return standings.isBeaten(values) ? Optional.of(Outcome.BEATEN) : Optional.empty();
    }
}
