package dev.sartor.curate.leak;

import dev.sartor.curate.similarity.EditDistance;
import dev.sartor.curate.similarity.PairSimilarity;
import dev.sartor.curate.similarity.ShingleTier;

/// How much of a folded test text stands in another folded text, from 0 to 1: the most of
/// - one minus their edit distance over the longer one's length,
/// - the share of their runs of five characters that stand in both (Dice 1945), which sees through clauses in another order,
/// - one minus the edit distance to the nearest part of the other text over the test text's length: a question in a longer row,
/// - the share of the test text's runs of six characters that stand in the other text: clauses in another order in a longer row.
///
/// Tests of fewer than {@value #SHORTEST_PART} characters, which stand in many a text, are not looked for in longer rows, and those of fewer than
/// {@value #SHORTEST_EDITED_PART} only as they are.
///
/// @param threshold what is less is not told apart: it is 0
record Containment(double threshold) {
    private static final int SHORTEST_PART = 20;

    private static final int SHORTEST_EDITED_PART = 32;

    /// Longer tests are not looked for in parts.
    static final int LONGEST_PART = 4_096;

    double of(String test, String other) {
        double most = whole(test, other);
        if (most < 1
                && test.length() >= SHORTEST_PART
                && test.length() <= LONGEST_PART
                && test.length() < other.length()) {
            most = Math.max(most, part(test, other));
        }
        return most < threshold ? 0 : most;
    }

    private static double part(String test, String other) {
        int distance = EditDistance.toPart(test, other);
        if (test.length() < SHORTEST_EDITED_PART) {
            return distance == 0 ? 1 : 0;
        }
        return Math.max(1 - (double) distance / test.length(), shared(test, other));
    }

    private static double shared(String test, String other) {
        var shingles = ShingleTier.MIDDLE.set(test);
        return (double) PairSimilarity.common(shingles, ShingleTier.MIDDLE.set(other))
                / shingles.length;
    }

    private double whole(String test, String other) {
        int shorter = Math.min(test.length(), other.length());
        int longer = Math.max(test.length(), other.length());
        if (shorter < threshold * longer) {
            return 0;
        }
        var tier = ShingleTier.of(shorter);
        double jaccard = PairSimilarity.jaccard(tier.set(test), tier.set(other));
        double dice = 2 * jaccard / (1 + jaccard);
        if (longer > PairSimilarity.LONGEST_ALIGNED) {
            return dice;
        }
        int allowed = (int) ((1 - threshold) * longer);
        int distance = EditDistance.of(test, other, allowed);
        return Math.max(dice, distance > allowed ? 0 : 1 - (double) distance / longer);
    }
}
