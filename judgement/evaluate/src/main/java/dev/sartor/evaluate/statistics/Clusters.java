package dev.sartor.evaluate.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Examples that come in groups, such as those of a customer, a document or a day, and go right or wrong together. A test set of
/// them says less than as many independent ones.
public final class Clusters {
    private final int[] clusterOf;
    private final int[][] rows;

    private Clusters(int[] clusterOf, int[][] rows) {
        this.clusterOf = clusterOf;
        this.rows = rows;
    }

    /// @param groups of each row; a row without one is on its own
    /// @return empty where each row is on its own
    public static Optional<Clusters> of(List<Optional<String>> groups) {
        var numbers = new HashMap<String, Integer>();
        var members = new ArrayList<List<Integer>>();
        var clusterOf = new int[groups.size()];
        for (int row = 0; row < clusterOf.length; row++) {
            int next = members.size();
            int cluster =
                    groups.get(row)
                            .map(group -> numbers.computeIfAbsent(group, _ -> next))
                            .orElse(next);
            if (cluster == next) {
                members.add(new ArrayList<>());
            }
            members.get(cluster).add(row);
            clusterOf[row] = cluster;
        }
        if (members.size() == clusterOf.length) {
            return Optional.empty();
        }
        var rows =
                members.stream()
                        .map(each -> each.stream().mapToInt(Integer::intValue).toArray())
                        .toArray(int[][]::new);
        return Optional.of(new Clusters(clusterOf, rows));
    }

    public int count() {
        return rows.length;
    }

    /// Of the mean over all rows: the linearised variance of a ratio (Cochran 1977, section 6.3), G ÷ (G − 1) · Σ (sum of a group's
    /// deviations from the mean)² ÷ n², known to G − 1 degrees of freedom.
    public Spread spread(double[] values) {
        int groups = rows.length;
        if (groups < 2) {
            return Spread.unknown();
        }
        int n = clusterOf.length;
        double mean = Means.of(values).value();
        var sums = new double[groups];
        for (int row = 0; row < n; row++) {
            sums[clusterOf[row]] += values[row] - mean;
        }
        double squares = 0;
        for (double sum : sums) {
            squares += sum * sum;
        }
        return new Spread(squares * groups / (groups - 1) / ((double) n * n), groups - 1);
    }

    /// As many whole groups as there are, with replacement.
    int[] draw(RandomGenerator random) {
        return IntStream.range(0, rows.length)
                .flatMap(_ -> Arrays.stream(rows[random.nextInt(rows.length)]))
                .toArray();
    }
}
