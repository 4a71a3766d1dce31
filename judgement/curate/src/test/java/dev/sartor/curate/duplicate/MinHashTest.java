package dev.sartor.curate.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.curate.similarity.Hashing;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MinHashTest {
    private final MinHash minHash = new MinHash(11);

    private static long[] numbers(int from, int to) {
        return LongStream.range(from, to).map(Hashing::mix).toArray();
    }

    private int[] signature(long[] set) {
        return minHash.signature(set);
    }

    @Test
    void setsAgreeAsOftenAsTheirJaccardSimilaritySays() {
        for (int common : new int[] {0, 100, 300, 400}) {
            var a = signature(numbers(0, 400));
            var b = signature(numbers(400 - common, 800 - common));
            double share =
                    IntStream.range(0, a.length).filter(i -> a[i] == b[i]).count()
                            / (double) MinHash.HASHES;
            double jaccard = common / (800.0 - common);
            assertThat(share)
                    .isCloseTo(
                            jaccard,
                            within(0.09)); // four standard errors of 512 draws at .5, five of 768
        }
    }

    @Test
    void neitherOrderNorRepeatsMatter() {
        var set = numbers(0, 101);
        var turned = IntStream.range(0, 202).mapToLong(i -> set[(i * 37) % 101]).toArray();
        assertThat(signature(turned)).isEqualTo(signature(set));
    }

    @Test
    void aSetOfOneElementFillsEveryBin() {
        var one = signature(numbers(3, 4));
        assertThat(IntStream.of(one).distinct().count()).isEqualTo(1);
        assertThat(one).isNotEqualTo(signature(numbers(4, 5))).isEqualTo(signature(numbers(3, 4)));
    }

    @Test
    void setsOfFewElementsAgreeAsOftenToo() {
        double sum = 0;
        for (int i = 0; i < 100; i++) {
            var a = signature(numbers(100 * i, 100 * i + 30));
            var b =
                    signature(
                            numbers(
                                    100 * i + 10,
                                    100 * i + 40)); // a Jaccard similarity of one half
            sum +=
                    IntStream.range(0, a.length).filter(j -> a[j] == b[j]).count()
                            / (double) MinHash.HASHES;
        }
        assertThat(sum / 100).isCloseTo(0.5, within(0.04));
    }

    @Test
    void theSeedDecides() {
        var set = numbers(0, 9);
        assertThat(new MinHash(11).signature(set)).isEqualTo(minHash.signature(set));
        assertThat(new MinHash(12).signature(set)).isNotEqualTo(minHash.signature(set));
    }

    @Test
    void sketchesEstimateTheSimilarity() {
        var sketches = new Sketches(70_000);
        sketches.put(3, signature(numbers(0, 400)));
        sketches.put(69_999, signature(numbers(100, 500)));
        sketches.put(5, signature(numbers(1_000, 1_400)));
        assertThat(sketches.similarity(3, 3)).isEqualTo(1);
        assertThat(sketches.similarity(3, 69_999)).isCloseTo(0.6, within(0.17));
        assertThat(sketches.similarity(3, 5)).isCloseTo(0, within(0.02));
    }
}
