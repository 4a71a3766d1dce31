package dev.sartor.curate.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OutliersTest {
    /// Iglewicz & Hoaglin's own figures: median 5, MAD 2, so 12 is 0.6745 · 7 / 2 away.
    @Test
    void theRobustScoreIsThatOfTheBook() {
        var scores = RobustZ.of(new double[] {1, 3, 5, 7, 12});
        assertThat(scores[2]).isZero();
        assertThat(scores[4]).isCloseTo(0.6745 * 7 / 2, within(1e-12));
        assertThat(RobustZ.of(new double[] {4, 4, 4, 4})).containsOnly(0);
        assertThat(RobustZ.of(new double[] {4, 4, 4, 4, 9})[4])
                .isCloseTo(5 / (1.2533 * 1), within(1e-12));
    }

    @Test
    void aRowOfAnotherLengthIsFoundOnBothSides() {
        var random = new Random(3);
        var lengths = LongStream.range(0, 500).map(_ -> 80 + random.nextInt(120)).toArray();
        lengths[17] = 40_000;
        lengths[200] = 2;
        assertThat(Outliers.byLength(lengths, Outliers.USUAL_LIMIT))
                .extracting(Outlier::row)
                .containsExactly(17, 200);
        assertThat(Outliers.byLength(lengths, Outliers.USUAL_LIMIT).getFirst().finding().said())
                .startsWith("length is 40,000, much longer than the median of 1");
    }

    /// Two topics as two directions, and one row of neither.
    @Test
    void aRowThatIsLikeNoOtherIsFound() {
        var random = new Random(5);
        var vectors = new ArrayList<float[]>();
        for (int row = 0; row < 400; row++) {
            var vector = new float[16];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (0.1 * random.nextGaussian());
            }
            vector[row % 2] += 3;
            vectors.add(vector);
        }
        var lone = new float[16];
        lone[9] = -2;
        vectors.set(123, lone);
        for (int references : List.of(1000, 100)) {
            var found = Outliers.byVector(vectors, 8, references, 1, Progress.silent());
            assertThat(found).extracting(Outlier::row).containsExactly(123);
            assertThat(Outliers.byVector(vectors, 8, references, 1, Progress.silent()))
                    .isEqualTo(found);
        }
    }

    /// Each row is as far from all others. Were it a neighbour of its own, those of the sample would seem nearer than the rest.
    @Test
    void aRowIsNoNeighbourOfItsOwn() {
        var vectors = new ArrayList<float[]>();
        for (int row = 0; row < 64; row++) {
            var vector = new float[64];
            vector[row] = 1;
            vectors.add(vector);
        }
        assertThat(Outliers.byVector(vectors, 2, 40, 1, Progress.silent())).isEmpty();
    }

    @Test
    void equalRowsAndFewRowsHaveNoOutliers() {
        var same = new ArrayList<float[]>();
        for (int row = 0; row < 100; row++) {
            same.add(new float[] {1, 2, 3});
        }
        assertThat(Outliers.byVector(same, 3.5, 5000, 1, Progress.silent())).isEmpty();
        assertThat(Outliers.byLength(new long[] {1, 1000}, 3.5)).isEmpty();
        assertThatThrownBy(() -> Outliers.byLength(new long[] {1}, 0))
                .hasMessageContaining("curate.outliers.z must be more than 0");
    }
}
