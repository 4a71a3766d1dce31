package dev.sartor.curate.split;

/// How far splits are from their targets: the squared distances of every label's rows from its share of the target, and of a split's
/// rows from the target, each as a multiple of what is tolerated there (2 points of the target, at least a row); summed. Zero where all
/// is exact.
final class Imbalance {
    private final Units.LabelCounts units;
    private final int[] unitRows;
    private final int[] labelRows;
    private final double[] part;
    private final double[] weight;
    private final int[][] have;
    private final int[] rows;
    private final int[] seenLabels;
    private long seen;

    /// @param labelRows the rows of each label
    /// @param targets the rows of each split
    Imbalance(Units.LabelCounts units, int[] unitRows, int[] labelRows, int[] targets) {
        this.units = units;
        this.unitRows = unitRows;
        this.labelRows = labelRows;
        long all = 0;
        for (int target : targets) {
            all += target;
        }
        part = new double[targets.length];
        weight = new double[targets.length];
        for (int split = 0; split < targets.length; split++) {
            part[split] = (double) targets[split] / all;
            double tolerated = Math.max(1, targets[split] * RowSplits.POINTS / 100);
            weight[split] = targets[split] == 0 ? 0 : 1 / square(tolerated);
        }
        have = new int[targets.length][labelRows.length];
        rows = new int[targets.length];
        seenLabels = new int[labelRows.length];
    }

    int rows(int split) {
        return rows[split];
    }

    /// What a unit's first placing would cost, where each split should by now have its part of all rows placed so far: a large
    /// unit that comes first then does not fill the smallest split.
    double costOfPlacing(int unit, int split) {
        double cost = 0;
        for (int s = 0; s < part.length; s++) {
            int more = s == split ? 1 : 0;
            double sum =
                    square(rows[s] + more * unitRows[unit] - part[s] * (seen + unitRows[unit]));
            for (int i = 0; i < units.labels()[unit].length; i++) {
                int label = units.labels()[unit][i];
                int count = units.rows()[unit][i];
                sum +=
                        square(
                                have[s][label]
                                        + more * count
                                        - part[s] * (seenLabels[label] + count));
            }
            cost += weight[s] * sum;
        }
        return cost;
    }

    private static double square(double x) {
        return x * x;
    }

    void place(int unit, int split) {
        add(unit, split, 1);
        seen += unitRows[unit];
        for (int i = 0; i < units.labels()[unit].length; i++) {
            seenLabels[units.labels()[unit][i]] += units.rows()[unit][i];
        }
    }

    void move(int unit, int from, int to) {
        add(unit, from, -1);
        add(unit, to, 1);
    }

    private void add(int unit, int split, int sign) {
        rows[split] += sign * unitRows[unit];
        for (int i = 0; i < units.labels()[unit].length; i++) {
            have[split][units.labels()[unit][i]] += sign * units.rows()[unit][i];
        }
    }

    /// By how much a move would change the imbalance; all units are placed.
    double costOfMoving(int unit, int from, int to) {
        return change(unit, from, -1) + change(unit, to, 1);
    }

    /// (d + c)² − d² = c · (2 d + c), where d is the distance and c what comes.
    private double change(int unit, int split, int sign) {
        double all = (double) sign * unitRows[unit];
        double sum = all * (2 * (rows[split] - part[split] * seen) + all);
        for (int i = 0; i < units.labels()[unit].length; i++) {
            int label = units.labels()[unit][i];
            double count = (double) sign * units.rows()[unit][i];
            sum += count * (2 * (have[split][label] - part[split] * labelRows[label]) + count);
        }
        return weight[split] * sum;
    }
}
