package dev.sartor.worth;

import dev.sartor.project.setting.Costs;
import java.util.List;
import java.util.function.Function;

/// A candidate with its answers to the test examples.
///
/// @param outcomes one for each test example, in the same order for all contenders
/// @param cost what it costs at given prices
public record Contender(String name, List<Outcome> outcomes, Function<Costs, Cost> cost) {
    public Contender {
        outcomes = List.copyOf(outcomes);
    }

    int count(Outcome kind) {
        return (int) outcomes.stream().filter(kind::equals).count();
    }
}
