package dev.sartor.curate.select;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Chooses points that are far from each other, one after another, by each one's squared distance to the nearest chosen one.
final class Spread {
    private final Distances distances;
    private final double[] nearest;

    Spread(Distances distances) {
        this.distances = distances;
        this.nearest = new double[distances.count()];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    }

    /// Takes a point as chosen.
    Spread add(int point) {
        IntStream.range(0, nearest.length)
                .parallel()
                .forEach(i -> nearest[i] = Math.min(nearest[i], distances.squared(i, point)));
        return this;
    }

    /// The furthest ones (k-center greedy); of equals the earlier.
    ///
    /// @param candidates the points that may be chosen; the others stand for what is labelled already
    int[] furthest(int count, int[] candidates) {
        var chosen = new int[Math.min(count, candidates.length)];
        var isChosen = new boolean[nearest.length];
        for (int i = 0; i < chosen.length; i++) {
            int best = -1;
            for (int candidate : candidates) {
                if (!isChosen[candidate] && (best < 0 || nearest[candidate] > nearest[best])) {
                    best = candidate;
                }
            }
            isChosen[best] = true;
            chosen[i] = best;
            add(best);
        }
        return chosen;
    }

    /// By chance, in proportion to the squared distance (the start of k-means++), after a first one.
    int[] plusPlus(int count, int first, RandomGenerator random) {
        var chosen = new int[Math.min(count, nearest.length)];
        var isChosen = new boolean[nearest.length];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = i == 0 ? first : draw(isChosen, random);
            isChosen[chosen[i]] = true;
            add(chosen[i]);
        }
        return chosen;
    }

    /// Where all that are left lie on chosen ones, each is as probable.
    private int draw(boolean[] isChosen, RandomGenerator random) {
        double sum = 0;
        int left = 0;
        for (int i = 0; i < nearest.length; i++) {
            sum += isChosen[i] ? 0 : nearest[i];
            left += isChosen[i] ? 0 : 1;
        }
        double at = random.nextDouble() * (sum > 0 ? sum : left);
        int last = -1;
        for (int i = 0; i < nearest.length; i++) {
            if (!isChosen[i]) {
                at -= sum > 0 ? nearest[i] : 1;
                last = i;
                if (at < 0) {
                    break;
                }
            }
        }
        return last;
    }
}
