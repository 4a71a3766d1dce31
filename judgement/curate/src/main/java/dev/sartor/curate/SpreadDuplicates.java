package dev.sartor.curate;

import dev.sartor.curate.duplicate.NearDuplicates;
import dev.sartor.curate.duplicate.RowBands;
import dev.sartor.curate.similarity.Folded;
import dev.sartor.curate.similarity.PairSimilarity;
import dev.sartor.curate.similarity.ShingleTier;
import java.io.Serializable;
import java.util.List;

/// What the step `near_duplicates` does with a row or a pair, for rows that no one process holds. Whoever gathers rows of one
/// bucket, each with the {@value #WINDOW} before it and with the first, and compares those that are worth it, joins the rows that
/// one process joins; more, where one process gives up on a row that was compared in vain with sixteen others.
///
/// @param threshold how alike two texts are at least, .7 to 1
/// @param seed of the permutations
public record SpreadDuplicates(double threshold, long seed) implements Serializable {
    /// How many places before it in a bucket a row is compared with.
    public static final int WINDOW = Byte.SIZE;

    /// Kinds of lengths, whose rows are put into bands by themselves.
    public static final int TIERS = ShingleTier.values().length;

    private static final List<ShingleTier> ALL = List.of(ShingleTier.values());

    public SpreadDuplicates {
        new NearDuplicates(threshold, seed); // refuses another than may be
    }

    /// What texts are compared as; empty where there is none.
    public static String folded(String text) {
        return Folded.of(text);
    }

    /// Whether texts of this length are compared in the tier. Those without text are in none.
    public boolean holds(int tier, int length) {
        return length > 0 && tier(tier).holds(length, threshold);
    }

    /// @param rows how many different texts the tier holds
    public Bands bands(int tier, long rows) {
        return new Bands(new RowBands(new NearDuplicates(threshold, seed), tier(tier), rows));
    }

    /// How the rows of a tier are put into bands. Thread-safe.
    public static final class Bands {
        private final RowBands rows;

        private Bands(RowBands rows) {
            this.rows = rows;
        }

        /// Of each band, what the rows of one bucket have in common.
        public int[] keys(String folded) {
            return rows.keys(folded);
        }

        /// By which most pairs are dropped without a look at their texts.
        public long[] sketch(String folded) {
            return rows.sketch(folded);
        }
    }

    /// Whether two rows of a bucket are worth comparing, by their sketches.
    public boolean areSimilar(int tier, long[] sketch, long[] other) {
        return RowBands.areSimilar(threshold, tier(tier), sketch, other);
    }

    private static ShingleTier tier(int number) {
        return ALL.get(number);
    }

    /// Whether texts of these lengths can be alike.
    public boolean isPossible(int length, int other) {
        return new PairSimilarity(threshold).isPossible(length, other);
    }

    /// How alike two folded texts are; 0 where less than the threshold.
    public double likeness(String folded, String other) {
        return new PairSimilarity(threshold).of(folded, other);
    }
}
