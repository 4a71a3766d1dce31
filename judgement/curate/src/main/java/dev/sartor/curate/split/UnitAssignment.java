package dev.sartor.curate.split;

import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Gives each unit a split, so that sizes and label shares come as near to what was asked as the units allow: the largest units first,
/// each where it leaves the least imbalance (as scikit-learn's StratifiedGroupKFold does for equal folds), then moves and swaps as long
/// as they help. Finding the best is NP-hard (it contains bin packing); the same seed finds the same.
final class UnitAssignment {
    private static final int MOST_ROUNDS = 10;
    private static final int SWAPS_PER_UNIT = 50;
    private static final int MOST_SWAPS = 500_000;
    private static final double LEAST_GAIN = 1e-12;

    private final Units units;
    private final int[] targets;
    private final RandomGenerator random;
    private final Imbalance imbalance;
    private final int[] splits;

    private UnitAssignment(
            Units units, LabelNumbers labels, int[] targets, RandomGenerator random) {
        this.units = units;
        this.targets = targets;
        this.random = random;
        imbalance =
                new Imbalance(
                        units.labelCounts(labels.ofRows()), units.sizes(), labels.rows(), targets);
        splits = new int[units.count()];
    }

    /// @return the split of each unit
    static int[] of(Units units, LabelNumbers labels, int[] targets, RandomGenerator random) {
        var assignment = new UnitAssignment(units, labels, targets, random);
        assignment.placeAll();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            boolean isBetter = assignment.moves();
            isBetter |= assignment.swaps();
            if (!isBetter) {
                break;
            }
        }
        return assignment.splits;
    }

    private void placeAll() {
        IntStream.of(ControlledRounding.shuffled(units.count(), random))
                .boxed()
                .sorted(Comparator.comparingInt(unit -> -units.sizes()[unit]))
                .forEach(this::place);
    }

    /// Where it fits, at the least imbalance; where it fits nowhere, at the least all the same.
    private void place(int unit) {
        int best = -1;
        boolean bestFits = false;
        double least = Double.POSITIVE_INFINITY;
        for (int split = 0; split < targets.length; split++) {
            if (targets[split] == 0) {
                continue;
            }
            boolean fits = imbalance.rows(split) + units.sizes()[unit] <= targets[split];
            double cost = imbalance.costOfPlacing(unit, split);
            if (best < 0 || (fits && !bestFits) || (fits == bestFits && cost < least)) {
                best = split;
                bestFits = fits;
                least = cost;
            }
        }
        splits[unit] = best;
        imbalance.place(unit, best);
    }

    private boolean moves() {
        boolean isBetter = false;
        for (int unit = 0; unit < splits.length; unit++) {
            int best = splits[unit];
            double least = -LEAST_GAIN;
            for (int split = 0; split < targets.length; split++) {
                if (split == splits[unit] || targets[split] == 0) {
                    continue;
                }
                double cost = imbalance.costOfMoving(unit, splits[unit], split);
                if (cost < least && !emptied(unit)) {
                    best = split;
                    least = cost;
                }
            }
            if (best != splits[unit]) {
                imbalance.move(unit, splits[unit], best);
                splits[unit] = best;
                isBetter = true;
            }
        }
        return isBetter;
    }

    private boolean emptied(int unit) {
        return imbalance.rows(splits[unit]) == units.sizes()[unit];
    }

    private boolean swaps() {
        if (splits.length < 2) {
            return false;
        }
        boolean isBetter = false;
        long tries = Math.min(MOST_SWAPS, (long) SWAPS_PER_UNIT * splits.length);
        for (long i = 0; i < tries; i++) {
            int unit = random.nextInt(splits.length);
            int other = random.nextInt(splits.length);
            if (splits[unit] != splits[other]) {
                isBetter |= swap(unit, other);
            }
        }
        return isBetter;
    }

    private boolean swap(int unit, int other) {
        int from = splits[unit];
        int to = splits[other];
        double cost = imbalance.costOfMoving(unit, from, to);
        imbalance.move(unit, from, to);
        cost += imbalance.costOfMoving(other, to, from);
        if (cost >= -LEAST_GAIN) {
            imbalance.move(unit, to, from);
            return false;
        }
        imbalance.move(other, to, from);
        splits[unit] = to;
        splits[other] = from;
        return true;
    }
}
