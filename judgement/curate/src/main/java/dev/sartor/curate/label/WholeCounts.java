package dev.sartor.curate.label;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Rounds counts to whole ones whose sum stays as it was, as cleanlab does: halves to even, then those are changed that were
/// rounded the furthest.
final class WholeCounts {
    private WholeCounts() {}

    static int[] of(double[] counts) {
        var whole = Arrays.stream(counts).map(Math::rint).toArray();
        double sum = Math.rint(Arrays.stream(counts).sum());
        for (double off = sum - Arrays.stream(whole).sum();
                off != 0;
                off = sum - Arrays.stream(whole).sum()) {
            var before = whole.clone();
            var order =
                    IntStream.range(0, counts.length)
                            .boxed()
                            .sorted(Comparator.comparingDouble(i -> counts[i] - before[i]))
                            .toList();
            int sign = off < 0 ? -1 : 1;
            int changed = (int) Math.min(Math.abs(off), counts.length);
            (sign < 0 ? order : order.reversed())
                    .subList(0, changed)
                    .forEach(i -> whole[i] += sign);
        }
        return Arrays.stream(whole).mapToInt(each -> (int) each).toArray();
    }
}
