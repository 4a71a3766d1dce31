package dev.sartor.benchmarks;

import java.util.Collections;
import java.util.List;

/// CPython's `random.Random(seed).shuffle`: the Mersenne Twister of Matsumoto & Nishimura (1998), so that a benchmark
/// takes the very rows that a peer's script takes.
final class PythonShuffle {
    private static final int SIZE = 624;
    private static final int FAR = 397;

    private final int[] state = new int[SIZE];
    private int next = SIZE;

    /// @param seed a whole number that fits 32 bits, at least 0
    PythonShuffle(int seed) {
        seedWith(19650218);
        int j = 0;
        int i = 1;
        for (int k = SIZE; k > 0; k--) {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1664525)) + seed + j;
            i++;
            if (i >= SIZE) {
                state[0] = state[SIZE - 1];
                i = 1;
            }
            j = 0; // the key has one word
        }
        for (int k = SIZE - 1; k > 0; k--) {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1566083941)) - i;
            i++;
            if (i >= SIZE) {
                state[0] = state[SIZE - 1];
                i = 1;
            }
        }
        state[0] = 0x80000000;
    }

    void shuffle(List<?> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, below(i + 1));
        }
    }

    private int below(int bound) {
        int bits = 32 - Integer.numberOfLeadingZeros(bound);
        int drawn = word() >>> (32 - bits);
        while (drawn >= bound) {
            drawn = word() >>> (32 - bits);
        }
        return drawn;
    }

    private void seedWith(int seed) {
        state[0] = seed;
        for (int i = 1; i < SIZE; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    private int word() {
        if (next >= SIZE) {
            for (int i = 0; i < SIZE; i++) {
                int y = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
                state[i] = state[(i + FAR) % SIZE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
            }
            next = 0;
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }
}
