package dev.sartor.evaluate.statistics;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// How far two judges agree beyond chance: κ = (observed − expected) ÷ (1 − expected), where expected is how often they would
/// agree by each one's own frequencies (Cohen 1960). 1 where they always agree, 0 where they agree as chance would have it.
public final class CohenKappa {
    private final int categories;
    private final int[] cells;

    /// @param first of each row its category by the first judge, from 0
    /// @param second the same by the second
    public CohenKappa(int[] first, int[] second, int categories) {
        if (first.length != second.length || first.length == 0) {
            throw new IllegalArgumentException(first.length + " rows against " + second.length);
        }
        this.categories = categories;
        this.cells = new int[first.length];
        Arrays.setAll(cells, i -> first[i] * categories + second[i]);
    }

    /// 0 where both always say the same one thing, which shows nothing.
    public double value() {
        return value(counts(cells));
    }

    /// The bootstrap's 95 % interval, corrected for bias and acceleration (BCa, Efron 1987): for a few dozen rows the percentile
    /// interval holds the truth too rarely.
    public Interval interval(RandomGenerator random) {
        double observed = value();
        var drawn = new double[Resampling.DRAWS];
        var sample = new int[cells.length];
        double below = 0;
        for (int draw = 0; draw < drawn.length; draw++) {
            for (int i = 0; i < sample.length; i++) {
                sample[i] = cells[random.nextInt(cells.length)];
            }
            drawn[draw] = value(counts(sample));
            below += drawn[draw] < observed ? 1 : drawn[draw] == observed ? 0.5 : 0;
        }
        Arrays.sort(drawn);
        return new Bca(drawn, below / drawn.length, acceleration()).interval(Interval.USUAL_ERROR);
    }

    /// By the jackknife. Rows of the same cell are left out to the same effect.
    private double acceleration() {
        var counts = counts(cells);
        var without = new double[counts.length];
        double mean = 0;
        for (int cell = 0; cell < counts.length; cell++) {
            if (counts[cell] > 0) {
                counts[cell]--;
                without[cell] = value(counts);
                counts[cell]++;
                mean += counts[cell] * without[cell] / cells.length;
            }
        }
        double squares = 0;
        double cubes = 0;
        for (int cell = 0; cell < counts.length; cell++) {
            double apart = mean - without[cell];
            squares += counts[cell] * apart * apart;
            cubes += counts[cell] * apart * apart * apart;
        }
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
    }

    private int[] counts(int[] rows) {
        var counts = new int[categories * categories];
        for (int row : rows) {
            counts[row]++;
        }
        return counts;
    }

    private double value(int[] counts) {
        double n = 0;
        double agreed = 0;
        var byFirst = new double[categories];
        var bySecond = new double[categories];
        for (int i = 0; i < categories; i++) {
            for (int j = 0; j < categories; j++) {
                int count = counts[i * categories + j];
                n += count;
                byFirst[i] += count;
                bySecond[j] += count;
                agreed += i == j ? count : 0;
            }
        }
        double expected = 0;
        for (int i = 0; i < categories; i++) {
            expected += byFirst[i] / n * bySecond[i] / n;
        }
        return expected == 1 ? 0 : (agreed / n - expected) / (1 - expected);
    }
}
