package dev.sartor.curate.split;

import dev.sartor.core.Problems;
import dev.sartor.core.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// Splits rows into training, validation and test. Every row is in one of them; rows of a group or a cluster are never divided; the
/// same seed gives the same splits.
///
/// Without groups a stratified split is exact: each label has its share of each split, rounded down or up. With groups it is as near as
/// {@link UnitAssignment} gets, and {@link RowSplits#gaps} names the labels for which that is too far.
public final class RowSplitter {
    private static final double MUCH_OFF = 0.02;
    private static final int MOST_ATTEMPTS = 10;
    private static final int MOST_UNITS_TRIED = 1_000_000;

    private final SplitRows rows;
    private final Units units;
    private final LabelNumbers labels;
    private final int[] targets;

    private RowSplitter(SplitRows rows, SplitSizes sizes) {
        this.rows = rows;
        targets = sizes.targets(rows.count());
        units = Units.of(rows);
        labels =
                rows.labels()
                        .map(LabelNumbers::of)
                        .orElseGet(() -> LabelNumbers.none(rows.count()));
    }

    /// @throws dev.sartor.core.SartorException a user's error, where the rows cannot be split so
    public static RowSplits split(SplitRows rows, SplitSizes sizes, long seed) {
        var splitter = new RowSplitter(rows, sizes);
        splitter.check();
        var ofRows = splitter.ofRows(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        var gaps = rows.labels().isPresent() ? splitter.gaps(ofRows) : List.<LabelGap>of();
        return new RowSplits(ofRows, gaps, splitter.notes(ofRows));
    }

    private void check() {
        int wanted = wanted();
        if (rows.labels().isPresent() && rows.times().isEmpty()) {
            var problems = new Problems();
            for (int label = 0; label < labels.rows().length; label++) {
                if (labels.rows()[label] < wanted) {
                    problems.add(
                            "stratify",
                            "label '"
                                    + labels.names().get(label)
                                    + "' must have at least "
                                    + wanted
                                    + " rows to stand in each split, got "
                                    + labels.rows()[label]
                                    + ": bring more rows, merge it with another label, or split without stratify");
                }
            }
            problems.throwIfAny();
        }
        Problems.refuseUnless(
                units.count() >= wanted,
                "group",
                "a column with at least " + wanted + " groups",
                units.count(),
                "all rows belong together: split by another column, or without group");
        int largest = units.largest();
        int most = IntStream.of(targets).max().orElse(0);
        Problems.refuseUnless(
                units.sizes()[largest] <= most,
                "group",
                "such that no group holds more rows than the largest split, "
                        + most
                        + " of "
                        + rows.count(),
                units.name(largest, rows) + " with " + units.sizes()[largest],
                "split by a finer column, or ask for smaller validation and test sets");
    }

    /// How many splits shall have rows.
    private int wanted() {
        return (int) IntStream.of(targets).filter(target -> target > 0).count();
    }

    private List<Split> ofRows(RandomGenerator random) {
        if (rows.times().isPresent()) {
            return ofUnits(TimeCuts.of(units, rows.times().get(), targets));
        }
        return units.areSingleRows() ? ofSingleRows(random) : ofGroups(random);
    }

    /// The best of a few attempts, which differ in the order of equally large units; the first does where it leaves no gap.
    private List<Split> ofGroups(RandomGenerator random) {
        List<Split> best = List.of();
        double least = Double.POSITIVE_INFINITY;
        int attempts = Math.clamp(MOST_UNITS_TRIED / units.count(), 1, MOST_ATTEMPTS);
        for (int attempt = 0; attempt < attempts && least > 0; attempt++) {
            var splits = ofUnits(UnitAssignment.of(units, labels, targets, random));
            double sum = gaps(splits).stream().mapToDouble(gap -> Math.abs(gap.points())).sum();
            if (sum < least) {
                best = splits;
                least = sum;
            }
        }
        return best;
    }

    private List<Split> ofUnits(int[] splits) {
        return units.spread(
                IntStream.of(splits).mapToObj(split -> Sides.ALL.get(split)).toArray(Split[]::new));
    }

    private List<Split> ofSingleRows(RandomGenerator random) {
        var left = ControlledRounding.counts(labels.rows(), targets, random);
        var splits = new Split[rows.count()];
        for (int row : ControlledRounding.shuffled(rows.count(), random)) {
            var mine = left[labels.ofRows()[row]];
            int split = 0;
            while (mine[split] == 0) {
                split++;
            }
            mine[split]--;
            splits[row] = Sides.ALL.get(split);
        }
        return Arrays.asList(splits);
    }

    private List<LabelGap> gaps(List<Split> ofRows) {
        var counts = new int[targets.length][labels.rows().length];
        var all = new int[targets.length];
        for (int row = 0; row < ofRows.size(); row++) {
            counts[Sides.number(ofRows.get(row))][labels.ofRows()[row]]++;
            all[Sides.number(ofRows.get(row))]++;
        }
        var gaps = new ArrayList<LabelGap>();
        for (var split : Sides.ALL) {
            int rowsOfSplit = all[Sides.number(split)];
            for (int label = 0; label < labels.rows().length && rowsOfSplit > 0; label++) {
                double whole = (double) labels.rows()[label] / ofRows.size();
                int count = counts[Sides.number(split)][label];
                var gap =
                        new LabelGap(
                                labels.names().get(label),
                                split,
                                (double) count / rowsOfSplit,
                                whole);
                boolean isMoreThanRounding = Math.abs(count - whole * rowsOfSplit) >= 1;
                if (Math.abs(gap.points()) > RowSplits.POINTS && isMoreThanRounding) {
                    gaps.add(gap);
                }
            }
        }
        gaps.sort((a, b) -> Double.compare(Math.abs(b.points()), Math.abs(a.points())));
        return gaps;
    }

    private List<String> notes(List<Split> ofRows) {
        var notes = new ArrayList<String>();
        int largest = units.largest();
        int test = targets[Sides.TEST];
        if (test > 0 && units.sizes()[largest] > test) {
            notes.add(
                    String.format(
                            Locale.ROOT,
                            "%s holds %d rows, more than the test set's %d: it is in %s as a whole.",
                            units.name(largest, rows),
                            units.sizes()[largest],
                            test,
                            Sides.name(ofRows.get(units.firsts()[largest]))));
        }
        for (var split : Sides.ALL) {
            int target = targets[Sides.number(split)];
            long count = ofRows.stream().filter(each -> each == split).count();
            if (Math.abs(count - target) > MUCH_OFF * rows.count() || (count == 0 && target > 0)) {
                notes.add(
                        String.format(
                                Locale.ROOT,
                                "%s has %d rows where %d were asked for: %s.",
                                Sides.name(split),
                                count,
                                target,
                                rows.times().isPresent()
                                        ? "rows of one time or one group are not divided"
                                        : "groups are not divided"));
            }
        }
        return notes;
    }
}
