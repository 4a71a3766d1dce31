package dev.sartor.benchmarks;

import java.util.Collections;
import java.util.List;
import org.apache.commons.rng.core.source32.MersenneTwister;

/// CPython's `random.Random(seed).shuffle`, so that a benchmark takes the very rows that a peer's script takes.
final class PythonShuffle {
    private final MersenneTwister random;

    /// @param seed a whole number that fits 32 bits, at least 0
    PythonShuffle(int seed) {
        this.random = new MersenneTwister(new int[] {seed});
    }

    void shuffle(List<?> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, below(i + 1));
        }
    }

    private int below(int bound) {
        int unused = Integer.numberOfLeadingZeros(bound);
        int drawn = random.nextInt() >>> unused;
        while (drawn >= bound) {
            drawn = random.nextInt() >>> unused;
        }
        return drawn;
    }
}
