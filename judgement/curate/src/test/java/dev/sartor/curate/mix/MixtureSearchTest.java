package dev.sartor.curate.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.work.Progress;
import dev.sartor.curate.label.LabelledVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MixtureSearchTest {
    /// Two clouds of points, whose labels are wrong with a probability.
    private static LabelledVectors set(int rows, double wrong, long seed) {
        var random = new Random(seed);
        var vectors = new ArrayList<float[]>();
        var labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            int side = random.nextInt(2);
            vectors.add(
                    new float[] {
                        (float) (side * 2 - 1 + 0.8 * random.nextGaussian()),
                        (float) random.nextGaussian()
                    });
            labels[i] = random.nextDouble() < wrong ? 1 - side : side;
        }
        return new LabelledVectors(vectors, labels, 2);
    }

    @Test
    void aSetOfWrongLabelsGetsTheLeastAndWhatIsForetoldIsMeasured() {
        var sets = List.of(set(300, 0, 1), set(300, 0.5, 2), set(300, 0.9, 3));

        var found = new MixtureSearch(sets, set(200, 0, 4), 300, 10, 1).search(Progress.silent());

        assertThat(found.shares()[0]).isGreaterThan(0.7);
        assertThat(found.shares()[2]).isLessThan(0.1);
        assertThat(found.shares()[0] + found.shares()[1] + found.shares()[2])
                .isEqualTo(1, within(1e-9));
        assertThat(found.rankCorrelation()).isGreaterThan(0.7);
        assertThat(found.trainings()).isEqualTo(48);
    }

    @Test
    void theRegressionFindsAQuadraticLoss() {
        var random = new Random(2);
        var mixtures = new ArrayList<double[]>();
        var losses = new double[60];
        for (int i = 0; i < losses.length; i++) {
            double share = random.nextDouble();
            mixtures.add(new double[] {share, 1 - share});
            losses[i] = 3 + (share - 0.3) * (share - 0.3);
        }

        var regression = ShareRegression.fit(mixtures, losses);

        assertThat(regression.at(new double[] {0.3, 0.7})).isEqualTo(3, within(0.02));
        assertThat(regression.at(new double[] {0.3, 0.7}))
                .isLessThan(regression.at(new double[] {0.9, 0.1}))
                .isLessThan(regression.at(new double[] {0.0, 1.0}));
    }
}
