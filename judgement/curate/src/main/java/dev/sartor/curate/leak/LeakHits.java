package dev.sartor.curate.leak;

import java.io.Serializable;
import java.util.Arrays;

/// What one thread found of some other rows, in their order.
final class LeakHits implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Pairs same = new Pairs();
    private final Pairs folded = new Pairs();
    private final Pairs grams = new Pairs();
    private final Pairs near = new Pairs();
    private double[] likeness = new double[8];

    /// Two numbers in one, the second one an other row.
    static final class Pairs implements Serializable {
        private static final long serialVersionUID = 1L;

        private long[] pairs = new long[8];
        private int count;

        void add(int first, int other) {
            pairs = count == pairs.length ? Arrays.copyOf(pairs, 2 * count) : pairs;
            pairs[count++] = ((long) first << 32) | other;
        }

        int count() {
            return count;
        }

        int first(int i) {
            return (int) (pairs[i] >>> 32);
        }

        int other(int i) {
            return (int) pairs[i];
        }

        /// In ascending order of the first number, then of the second.
        void sort() {
            Arrays.sort(pairs, 0, count);
        }
    }

    void same(int test, int other) {
        same.add(test, other);
    }

    void folded(int test, int other) {
        folded.add(test, other);
    }

    /// @param gram the number of a run of words
    void gram(int gram, int other) {
        grams.add(gram, other);
    }

    /// Of two parts of one other row the one that is more alike counts.
    ///
    /// @param alike 0 where they are not
    void near(int test, int other, double alike) {
        if (alike == 0) {
            return;
        }
        for (int i = near.count() - 1; i >= 0 && near.other(i) == other; i--) {
            if (near.first(i) == test) {
                likeness[i] = Math.max(likeness[i], alike);
                return;
            }
        }
        nearAgain(test, other, alike);
    }

    /// One that {@link #near(int, int, double)} told of before.
    void nearAgain(int test, int other, double alike) {
        likeness =
                near.count() == likeness.length
                        ? Arrays.copyOf(likeness, 2 * likeness.length)
                        : likeness;
        likeness[near.count()] = alike;
        near.add(test, other);
    }

    /// Pairs of all kinds.
    int count() {
        return same.count() + folded.count() + grams.count() + near.count();
    }

    Pairs same() {
        return same;
    }

    Pairs folded() {
        return folded;
    }

    Pairs grams() {
        return grams;
    }

    Pairs near() {
        return near;
    }

    double likeness(int i) {
        return likeness[i];
    }
}
