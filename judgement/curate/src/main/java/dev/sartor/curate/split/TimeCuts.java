package dev.sartor.curate.split;

import dev.sartor.core.Problems;
import dev.sartor.core.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Cuts units by time: the latest are the test, those before them validation. A unit is as late as its latest row, so that nothing is
/// trained on that is later than a cut; rows of one time are never cut apart.
final class TimeCuts {
    private final Units units;
    private final List<Integer> order;
    private final double[] times;

    private TimeCuts(Units units, double[] rowTimes) {
        this.units = units;
        times = new double[units.count()];
        Arrays.fill(times, Double.NEGATIVE_INFINITY);
        for (int row = 0; row < rowTimes.length; row++) {
            int unit = units.ofRows()[row];
            times[unit] = Math.max(times[unit], rowTimes[row]);
        }
        order =
                IntStream.range(0, units.count())
                        .boxed()
                        .sorted(Comparator.comparingDouble(unit -> times[unit]))
                        .toList();
    }

    /// @param targets the rows of each split
    /// @return the split of each unit
    static int[] of(Units units, List<String> times, int[] targets) {
        return new TimeCuts(units, Times.read(times)).cut(targets);
    }

    private int[] cut(int[] targets) {
        var boundaries = boundaries();
        var before = rowsBefore();
        var later =
                List.of(Split.TEST, Split.VALIDATION).stream()
                        .filter(split -> targets[Sides.number(split)] > 0)
                        .toList();
        int needed = later.size() + (targets[Sides.TRAIN] > 0 ? 1 : 0);
        Problems.refuseUnless(
                boundaries.size() + 1 >= needed,
                "time",
                "at least " + needed + " different times of rows that do not belong together",
                boundaries.size() + 1,
                "take a column with finer times, or split without time");
        var splits = new int[units.count()];
        int end = order.size();
        int last = boundaries.size();
        int wanted = 0;
        int stillNeeded = needed - 1;
        for (var split : later) {
            wanted += targets[Sides.number(split)];
            stillNeeded--;
            boolean isAll = stillNeeded < 0; // nothing is left to come before it
            int chosen = last;
            if (!isAll) {
                chosen =
                        nearest(
                                boundaries,
                                before,
                                stillNeeded,
                                last,
                                units.ofRows().length - wanted);
            }
            int begin = isAll ? 0 : boundaries.get(chosen);
            for (int i = begin; i < end; i++) {
                splits[order.get(i)] = Sides.number(split);
            }
            end = begin;
            last = chosen;
        }
        for (int i = 0; i < end; i++) {
            splits[order.get(i)] = Sides.TRAIN;
        }
        return splits;
    }

    /// The boundary, of those from the first to before the last, with rows before it nearest to the number; the later of two.
    private static int nearest(
            List<Integer> boundaries, long[] before, int first, int last, long rows) {
        int best = first;
        for (int i = first; i < last; i++) {
            if (Math.abs(before[boundaries.get(i)] - rows)
                    <= Math.abs(before[boundaries.get(best)] - rows)) {
                best = i;
            }
        }
        return best;
    }

    /// Places in the order at which a later time begins.
    private List<Integer> boundaries() {
        var boundaries = new ArrayList<Integer>();
        for (int i = 1; i < order.size(); i++) {
            if (times[order.get(i)] > times[order.get(i - 1)]) {
                boundaries.add(i);
            }
        }
        return boundaries;
    }

    private long[] rowsBefore() {
        var before = new long[order.size() + 1];
        for (int i = 0; i < order.size(); i++) {
            before[i + 1] = before[i] + units.sizes()[order.get(i)];
        }
        return before;
    }
}
