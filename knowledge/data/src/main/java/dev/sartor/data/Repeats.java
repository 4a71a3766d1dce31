package dev.sartor.data;

import dev.sartor.core.Example;
import dev.sartor.core.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// Rows of one file whose input, folded, stands in an earlier row of the same asker.
///
/// @param same those with the same folded reference too: they only weigh double
/// @param contradicting those with another reference: one of the two may be wrong
/// @param named the first of those that contradict, at most {@value #MOST_NAMED}
public record Repeats(int same, int contradicting, List<Contradiction> named) {
    private static final int MOST_NAMED = 10;

    /// A row whose input stands in an earlier one, with another reference.
    public record Contradiction(Origin row, Origin earlier) {
        @Override
        public String toString() {
            return row + " contradicts " + earlier;
        }
    }

    private record First(String reference, Origin origin) {}

    public Repeats {
        named = List.copyOf(named);
    }

    public static Repeats none() {
        return new Repeats(0, 0, List.of());
    }

    /// Counts by {@link Folding}; an input that folds to nothing is compared as it is.
    public static Repeats in(List<Example> examples) {
        var first = new HashMap<String, First>();
        int same = 0;
        int contradicting = 0;
        var named = new ArrayList<Contradiction>();
        for (var example : examples) {
            var reference = Folding.keyOf(example.reference());
            var earlier =
                    first.putIfAbsent(
                            Inputs.folded(example) + "\0" + example.principal().sorted(),
                            new First(reference, example.origin()));
            if (earlier == null) {
                continue;
            }
            if (earlier.reference().equals(reference)) {
                same++;
                continue;
            }
            contradicting++;
            if (named.size() < MOST_NAMED) {
                named.add(new Contradiction(example.origin(), earlier.origin()));
            }
        }
        return new Repeats(same, contradicting, named);
    }

    /// One sentence: how many there are, and which rows contradict which; empty where there are none.
    public String told() {
        var parts = new ArrayList<String>();
        if (same > 0) {
            parts.add(same + (same == 1 ? " row repeats" : " rows repeat") + " an earlier one");
        }
        if (contradicting > 0) {
            int more = contradicting - named.size();
            parts.add(
                    contradicting
                            + (contradicting == 1 ? " row contradicts" : " rows contradict")
                            + " an earlier one ("
                            + String.join(", ", named.stream().map(String::valueOf).toList())
                            + (more > 0 ? ", … and " + more + " more" : "")
                            + ")");
        }
        return parts.isEmpty() ? "" : String.join(" and ", parts) + ".";
    }

    public boolean isNone() {
        return same == 0 && contradicting == 0;
    }
}
