package dev.sartor.curate.leak;

import dev.sartor.curate.similarity.MatchKind;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// For each test row at most five other rows, those with the highest scores; of equal scores the ones that came first.
final class BestOthers {
    static final int MOST = 5;

    private final byte[] counts;
    private final int[] others;
    private final float[] scores;

    BestOthers(int tests) {
        counts = new byte[tests];
        others = new int[tests * MOST];
        scores = new float[tests * MOST];
    }

    void add(int test, int other, double score) {
        int from = test * MOST;
        int at = from + counts[test];
        float rounded = (float) score;
        if (counts[test] == MOST) {
            at--;
            if (rounded <= scores[at]) {
                return;
            }
        } else {
            counts[test]++;
        }
        while (at > from && scores[at - 1] < rounded) {
            others[at] = others[at - 1];
            scores[at] = scores[at - 1];
            at--;
        }
        others[at] = other;
        scores[at] = rounded;
    }

    /// The best first.
    Stream<Leak> leaks(int test, MatchKind kind) {
        return IntStream.range(test * MOST, test * MOST + counts[test])
                .mapToObj(at -> new Leak(test, others[at], kind, scores[at]));
    }
}
