package dev.sartor.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossEntropyLossTest {
    /// Whole blocks and parts of them, even and odd numbers of classes, components that are and are not a multiple of four.
    @ParameterizedTest
    @CsvSource({"1,2,1", "7,3,5", "128,2,4", "129,5,8", "1300,4,3"})
    void hasTheLossAndTheGradientOfItsFormula(int rows, int classes, int dimension) {
        var random = new Random(rows);
        var vectors = new float[rows][dimension];
        var labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = random.nextInt(classes);
            for (int j = 0; j < dimension; j++) {
                vectors[i][j] = (float) random.nextGaussian();
            }
        }
        var weights = random.doubles((dimension + 1L) * classes, -2, 2).toArray();
        var gradient = new double[weights.length];
        double loss = new CrossEntropyLoss(vectors, labels, classes, 0.3).at(weights, gradient);
        var expected = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += plain(vectors[i], labels[i], weights, expected) / rows;
        }
        for (int i = 0; i < weights.length; i++) {
            expected[i] /= rows;
            if (i < dimension * classes) {
                expected[i] += 0.3 * weights[i];
                sum += 0.15 * weights[i] * weights[i];
            }
        }
        assertThat(loss).isEqualTo(sum, within(1e-12 * Math.abs(sum) + 1e-12));
        assertThat(gradient).containsExactly(expected, within(1e-12));
    }

    /// @return the row's cross-entropy
    private static double plain(float[] vector, int label, double[] weights, double[] gradient) {
        int classes = weights.length / (vector.length + 1);
        var scores = new double[classes];
        double all = 0;
        for (int c = 0; c < classes; c++) {
            scores[c] = weights[vector.length * classes + c];
            for (int j = 0; j < vector.length; j++) {
                scores[c] += vector[j] * weights[j * classes + c];
            }
            all += Math.exp(scores[c]);
        }
        for (int c = 0; c < classes; c++) {
            double wrong = Math.exp(scores[c]) / all - (c == label ? 1 : 0);
            gradient[vector.length * classes + c] += wrong;
            for (int j = 0; j < vector.length; j++) {
                gradient[j * classes + c] += vector[j] * wrong;
            }
        }
        return Math.log(all) - scores[label];
    }
}
