package dev.sartor.suite.python;

import java.util.HashSet;
import java.util.stream.IntStream;

/// CPython's `random.Random(seed)`: the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), seeded by `init_by_array`, and what
/// `Lib/random.py` of Python 3.11 and later draws with it. Not thread-safe.
public final class PythonRandom {
    private static final int SIZE = 624;
    private static final int MIDDLE = 397;
    private static final int UPPER = 0x80000000;
    private static final int LOWER = 0x7fffffff;

    private final int[] state = new int[SIZE];
    private int at = SIZE;

    /// @param seed at least 0
    public PythonRandom(int seed) {
        begin(19_650_218);
        int i = 1;
        for (int k = SIZE; k > 0; k--) {
            state[i] = (state[i] ^ (mixed(i) * 1_664_525)) + seed;
            i = following(i);
        }
        for (int k = SIZE - 1; k > 0; k--) {
            state[i] = (state[i] ^ (mixed(i) * 1_566_083_941)) - i;
            i = following(i);
        }
        state[0] = UPPER;
    }

    private void begin(int seed) {
        state[0] = seed;
        for (int i = 1; i < SIZE; i++) {
            state[i] = 1_812_433_253 * mixed(i) + i;
        }
    }

    private int mixed(int i) {
        return state[i - 1] ^ (state[i - 1] >>> 30);
    }

    private int following(int i) {
        if (i + 1 < SIZE) {
            return i + 1;
        }
        state[0] = state[SIZE - 1];
        return 1;
    }

    /// 32 bits.
    int bits() {
        if (at == SIZE) {
            refill();
        }
        int y = state[at++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    private void refill() {
        for (int i = 0; i < SIZE; i++) {
            int y = (state[i] & UPPER) | (state[(i + 1) % SIZE] & LOWER);
            state[i] = state[(i + MIDDLE) % SIZE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        at = 0;
    }

    /// `random()`: 53 bits, at least 0 and below 1.
    public double fraction() {
        int high = bits() >>> 5;
        int low = bits() >>> 6;
        return (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0;
    }

    /// `_randbelow_with_getrandbits`.
    private int below(int bound) {
        int unused = Integer.numberOfLeadingZeros(bound);
        int drawn = bits() >>> unused;
        while (drawn >= bound) {
            drawn = bits() >>> unused;
        }
        return drawn;
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
