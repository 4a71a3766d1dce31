package dev.sartor.data;

import dev.sartor.core.Example;
import java.util.HashMap;
import java.util.List;

/// Rows of one file whose input, folded, stands in an earlier row.
///
/// @param same those with the same folded reference too: they only weigh double
/// @param contradicting those with another reference: one of the two may be wrong
public record Repeats(int same, int contradicting) {
    /// Counts by {@link Folding}; an input that folds to nothing is compared as it is.
    public static Repeats in(List<Example> examples) {
        var first = new HashMap<String, String>();
        int same = 0;
        int contradicting = 0;
        for (var example : examples) {
            var reference = Folding.keyOf(example.reference());
            var earlier = first.putIfAbsent(Inputs.folded(example), reference);
            if (earlier != null) {
                same += earlier.equals(reference) ? 1 : 0;
                contradicting += earlier.equals(reference) ? 0 : 1;
            }
        }
        return new Repeats(same, contradicting);
    }

    public boolean isNone() {
        return same == 0 && contradicting == 0;
    }
}
