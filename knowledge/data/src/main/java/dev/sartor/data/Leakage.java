package dev.sartor.data;

import dev.sartor.core.Example;
import dev.sartor.core.Problems;
import dev.sartor.core.Split;
import dev.sartor.data.row.Quoted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Test rows that also stand in training or validation: whatever is measured on them flatters the candidate that saw
/// them. Only inputs are compared; see {@link Folding}. What two askers ask alike and are answered differently is not the same.
///
/// @param leaks the pairs, in the test rows' order; of one test row's at most five, as a text that stands in both files a
///     thousand times makes a million
/// @param inputs what the leaking rows ask, folded, each with its asker and with its answer
public record Leakage(List<Leak> leaks, Set<String> inputs) {
    private static final int MOST_PAIRS = 5;

    public Leakage {
        leaks = List.copyOf(leaks);
        inputs = Set.copyOf(inputs);
    }

    /// How alike the two rows of a leak are.
    public enum Kind {
        EXACT("exactly"),
        FOLDED("but for case, space and punctuation");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /// One test row and the row that it also stands in.
    ///
    /// @param split the other row's: training or validation
    public record Leak(Example test, Example other, Split split, Kind kind) {
        @Override
        public String toString() {
            return "also stands in "
                    + other.origin()
                    + " ("
                    + (split == Split.TRAIN ? "training" : "validation")
                    + "), "
                    + kind.words
                    + ": "
                    + Quoted.of(test.text());
        }
    }

    /// What is left to learn from.
    ///
    /// @param said what was dropped, one sentence for each split that lost rows
    public record Kept(List<Example> train, List<Example> validation, List<String> said) {
        public Kept {
            train = List.copyOf(train);
            validation = List.copyOf(validation);
            said = List.copyOf(said);
        }
    }

    public static Leakage find(List<Example> train, List<Example> validation, List<Example> test) {
        var seen = new HashMap<String, List<Place>>();
        index(train, Split.TRAIN, seen);
        index(validation, Split.VALIDATION, seen);
        var leaks = new ArrayList<Leak>();
        var inputs = new HashSet<String>();
        for (var row : test) {
            var input = Inputs.folded(row);
            var places =
                    seen.getOrDefault(input, List.of()).stream()
                            .filter(place ->
                                    !Collections.disjoint(
                                            Inputs.asked(row), Inputs.asked(place.example)))
                            .toList();
            if (!places.isEmpty()) {
                inputs.addAll(Inputs.asked(row));
            }
            for (var place : places.subList(0, Math.min(MOST_PAIRS, places.size()))) {
                var exact = Inputs.exact(row).equals(Inputs.exact(place.example));
                leaks.add(
                        new Leak(
                                row, place.example, place.split, exact ? Kind.EXACT : Kind.FOLDED));
            }
        }
        return new Leakage(leaks, inputs);
    }

    public boolean isNone() {
        return leaks.isEmpty();
    }

    /// One problem for each pair, named by the test row.
    public void addTo(Problems problems) {
        for (var leak : leaks) {
            problems.add(leak.test.origin().toString(), leak.toString());
        }
    }

    /// Drops the rows that the test rows also stand in, from training and from validation (which chooses among what
    /// training made); the test rows stay as they are.
    public Kept dropFromTraining(List<Example> train, List<Example> validation) {
        var said = new ArrayList<String>();
        return new Kept(
                without(train, "training", said), without(validation, "validation", said), said);
    }

    private List<Example> without(List<Example> rows, String name, List<String> said) {
        var kept =
                rows.stream()
                        .filter(row -> Collections.disjoint(inputs, Inputs.asked(row)))
                        .toList();
        int dropped = rows.size() - kept.size();
        if (dropped > 0) {
            said.add(
                    dropped
                            + " of "
                            + rows.size()
                            + " "
                            + name
                            + " rows were dropped, because they also stand in the test file.");
        }
        return kept;
    }

    private static void index(List<Example> rows, Split split, Map<String, List<Place>> seen) {
        for (var row : rows) {
            seen.computeIfAbsent(Inputs.folded(row), key -> new ArrayList<>())
                    .add(new Place(row, split));
        }
    }

    private record Place(Example example, Split split) {}
}
