package dev.sartor.tune.objective;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// A step's rows divided among ranks by their tokens: the longest first, each to the rank that has the fewest so far. All ranks divide
/// them alike.
final class RowShares {
    private RowShares() {}

    /// @return for each rank its rows, in the step's order; empty for some where there are fewer rows than ranks
    static <R> List<List<R>> of(List<R> rows, ToIntFunction<R> tokens, int ranks) {
        if (ranks == 1) {
            return List.of(rows);
        }
        var held = new long[ranks];
        var rankOf = new int[rows.size()];
        IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingInt(row -> -tokens.applyAsInt(rows.get(row))))
                .forEach(row -> {
                    int least = least(held);
                    held[least] += tokens.applyAsInt(rows.get(row));
                    rankOf[row] = least;
                });
        var shares = new ArrayList<List<R>>();
        for (int rank = 0; rank < ranks; rank++) {
            int own = rank;
            shares.add(
                    IntStream.range(0, rows.size())
                            .filter(row -> rankOf[row] == own)
                            .mapToObj(rows::get)
                            .toList());
        }
        return shares;
    }

    private static int least(long[] held) {
        int least = 0;
        for (int rank = 1; rank < held.length; rank++) {
            if (held[rank] < held[least]) {
                least = rank;
            }
        }
        return least;
    }
}
