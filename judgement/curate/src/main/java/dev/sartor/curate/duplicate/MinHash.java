package dev.sartor.curate.duplicate;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Min-wise hashes of sets (Broder 1997): under each of 512 permutations two sets have the same least element with a probability
/// that is their Jaccard similarity. A permutation is h → factor · h + term modulo 2³², with an odd factor, of hashes that are
/// mixed well before; it is a bijection, so that no two elements fall together.
///
/// One permutation with densified bins (Shrivastava 2017) takes less time for one text, but texts here have fewer shingles than
/// bins, so that most bins are copies of others and bands meet less often.
final class MinHash {
    static final int PERMUTATIONS = 512;

    private final int[] factors = new int[PERMUTATIONS];
    private final int[] terms = new int[PERMUTATIONS];

    MinHash(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < PERMUTATIONS; i++) {
            factors[i] = random.nextInt() | 1;
            terms[i] = random.nextInt();
        }
    }

    /// The least element under each permutation from one number to another, which is not among them.
    ///
    /// @param hashes one at least
    int[] signature(long[] hashes, int from, int to) {
        var a = Arrays.copyOfRange(factors, from, to);
        var b = Arrays.copyOfRange(terms, from, to);
        var least = new int[to - from];
        Arrays.fill(least, Integer.MAX_VALUE);
        int i = 0;
        for (; i + 1 < hashes.length; i += 2) {
            lower(least, a, b, (int) (hashes[i] >>> 32), (int) (hashes[i + 1] >>> 32));
        }
        if (i < hashes.length) {
            int last = (int) (hashes[i] >>> 32);
            lower(least, a, b, last, last);
        }
        return least;
    }

    /// Two elements at once, which the compiler turns into vector instructions.
    private static void lower(int[] least, int[] a, int[] b, int first, int second) {
        for (int j = 0; j < least.length; j++) {
            int both = Math.min(a[j] * first + b[j], a[j] * second + b[j]);
            least[j] = Math.min(least[j], both);
        }
    }
}
