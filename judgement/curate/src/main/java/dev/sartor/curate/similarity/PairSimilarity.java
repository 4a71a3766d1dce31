package dev.sartor.curate.similarity;

/// How alike two folded texts are, from 0 to 1: the Jaccard similarity of their shingles, or one minus their edit distance over the
/// longer one's length, whichever is more. The first sees through sentences in another order, the second through edits that are
/// spread over all of a text and leave few shingles whole (as in Lee et al. 2022). Texts that share half of their sentences are
/// alike by neither.
///
/// @param threshold what is less is not told apart: it is 0
public record PairSimilarity(double threshold) {
    /// Texts that are longer have no edit distance, which would take more than some milliseconds.
    public static final int LONGEST_ALIGNED = 8_192;

    /// Whether texts of these lengths can be alike.
    public boolean isPossible(int length, int other) {
        return Math.min(length, other) >= threshold * Math.max(length, other);
    }

    public double of(String text, String other) {
        if (!isPossible(text.length(), other.length())) {
            return 0;
        }
        int shorter = Math.min(text.length(), other.length());
        int longer = Math.max(text.length(), other.length());
        var tier = ShingleTier.of(shorter);
        double likeness = jaccard(tier.set(text), tier.set(other));
        if (likeness < 1 && longer <= LONGEST_ALIGNED) {
            int most = (int) ((1 - threshold) * longer);
            int distance = EditDistance.of(text, other, most);
            likeness = Math.max(likeness, distance > most ? 0 : 1 - (double) distance / longer);
        }
        return likeness < threshold ? 0 : likeness;
    }

    /// Of sets in ascending order, of which one at least is not empty.
    public static double jaccard(long[] a, long[] b) {
        int common = common(a, b);
        return (double) common / (a.length + b.length - common);
    }

    /// How many elements stand in both sets, which are in ascending order.
    public static int common(long[] a, long[] b) {
        int i = 0;
        int j = 0;
        int common = 0;
        while (i < a.length && j < b.length) {
            common += a[i] == b[j] ? 1 : 0;
            boolean isLess = a[i] < b[j];
            boolean isMore = a[i] > b[j];
            i += isMore ? 0 : 1;
            j += isLess ? 0 : 1;
        }
        return common;
    }
}
