package dev.sartor.curate.split;

import java.util.random.RandomGenerator;

/// Whole numbers of rows for each label and split: a label's add up to its rows, a split's to its target, and each is its exact share
/// rounded down or up. Such numbers always exist (Cox 1987, "A constructive procedure for unbiased controlled rounding"): what
/// rounding down leaves over is handed out along augmenting paths.
final class ControlledRounding {
    private final int[] labelRows;
    private final int[] targets;
    private final long all;
    private final int[] room;

    /// Which splits round up, for each label: a bit for each split.
    private final int[] up;

    /// Splits that the path at hand has come through: a bit for each.
    private int tried;

    private ControlledRounding(int[] labelRows, int[] targets) {
        this.labelRows = labelRows;
        this.targets = targets;
        long sum = 0;
        for (int target : targets) {
            sum += target;
        }
        all = sum;
        up = new int[labelRows.length];
        room = targets.clone();
        for (int label = 0; label < labelRows.length; label++) {
            for (int split = 0; split < targets.length; split++) {
                room[split] -= down(label, split);
            }
        }
    }

    /// @param labelRows the rows of each label; together as many as the targets
    /// @return [label][split]
    static int[][] counts(int[] labelRows, int[] targets, RandomGenerator random) {
        var rounding = new ControlledRounding(labelRows, targets);
        for (int label : shuffled(labelRows.length, random)) {
            int left = labelRows[label];
            for (int split = 0; split < targets.length; split++) {
                left -= rounding.down(label, split);
            }
            for (; left > 0; left--) {
                rounding.tried = 0;
                if (!rounding.place(label)) {
                    throw new IllegalStateException("no controlled rounding for label " + label);
                }
            }
        }
        var counts = new int[labelRows.length][targets.length];
        for (int label = 0; label < labelRows.length; label++) {
            for (int split = 0; split < targets.length; split++) {
                counts[label][split] =
                        rounding.down(label, split) + ((rounding.up[label] >> split) & 1);
            }
        }
        return counts;
    }

    static int[] shuffled(int count, RandomGenerator random) {
        var order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private int down(int label, int split) {
        return (int) ((long) labelRows[label] * targets[split] / all);
    }

    private long remainder(int label, int split) {
        return (long) labelRows[label] * targets[split] % all;
    }

    private boolean mayRoundUp(int label, int split) {
        return ((up[label] >> split) & 1) == 0 && remainder(label, split) > 0;
    }

    /// Rounds up one more split of a label: the one with the largest remainder that has room, or one that another label leaves for a
    /// split with room. A split that no label can leave is not asked again on the same path.
    private boolean place(int label) {
        int best = -1;
        for (int split = 0; split < targets.length; split++) {
            if (room[split] > 0
                    && mayRoundUp(label, split)
                    && (best < 0 || remainder(label, split) > remainder(label, best))) {
                best = split;
            }
        }
        if (best >= 0) {
            up[label] |= 1 << best;
            room[best]--;
            return true;
        }
        for (int split = 0; split < targets.length; split++) {
            if (((tried >> split) & 1) == 0 && mayRoundUp(label, split)) {
                tried |= 1 << split;
                if (isLeft(split)) {
                    up[label] |= 1 << split;
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether some label can leave a split and round up another.
    private boolean isLeft(int split) {
        for (int label = 0; label < up.length; label++) {
            if (((up[label] >> split) & 1) == 1 && place(label)) {
                up[label] &= ~(1 << split);
                return true;
            }
        }
        return false;
    }
}
