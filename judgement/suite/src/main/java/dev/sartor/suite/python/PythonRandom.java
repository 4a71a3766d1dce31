package dev.sartor.suite.python;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.core.source32.MersenneTwister;

/// CPython's `random.Random(seed)`: what `Lib/random.py` of Python 3.11 and later draws with the Mersenne Twister MT19937, seeded by
/// `init_by_array`. Not thread-safe.
public final class PythonRandom {
    private final MersenneTwister random;

    /// @param seed at least 0
    public PythonRandom(int seed) {
        this.random = new MersenneTwister(new int[] {seed});
    }

    /// `random()`: 53 bits, at least 0 and below 1.
    public double fraction() {
        int high = random.nextInt() >>> 5;
        int low = random.nextInt() >>> 6;
        return (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0;
    }

    /// `_randbelow_with_getrandbits`.
    private int below(int bound) {
        int unused = Integer.numberOfLeadingZeros(bound);
        int drawn = random.nextInt() >>> unused;
        while (drawn >= bound) {
            drawn = random.nextInt() >>> unused;
        }
        return drawn;
    }

    /// `shuffle(list)`.
    public void shuffle(List<?> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, below(i + 1));
        }
    }

    /// `sample(range(n), k)`: k different numbers below n, in the order in which they are drawn.
    ///
    /// @param k at most n
    public int[] sample(int n, int k) {
        return n <= poolSize(k) ? fromPool(n, k) : fromAll(n, k);
    }

    /// Up to which n Python copies the population rather than remembering what was drawn.
    private static int poolSize(int k) {
        int size = 21;
        if (k > 5) {
            size += (int) Math.pow(4, Math.ceil(Math.log(k * 3.0) / Math.log(4)));
        }
        return size;
    }

    private int[] fromPool(int n, int k) {
        var pool = IntStream.range(0, n).toArray();
        var drawn = new int[k];
        for (int i = 0; i < k; i++) {
            int j = below(n - i);
            drawn[i] = pool[j];
            pool[j] = pool[n - i - 1];
        }
        return drawn;
    }

    private int[] fromAll(int n, int k) {
        var seen = new HashSet<Integer>();
        var drawn = new int[k];
        for (int i = 0; i < k; i++) {
            int j = below(n);
            while (!seen.add(j)) {
                j = below(n);
            }
            drawn[i] = j;
        }
        return drawn;
    }
}
