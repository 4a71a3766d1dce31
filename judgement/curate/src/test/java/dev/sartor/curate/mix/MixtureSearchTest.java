package dev.sartor.curate.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.work.Progress;
import dev.sartor.curate.label.LabelledVectors;
import java.util.ArrayList;
import java.util.Collections;
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

        var trial = new LabelTrial(sets, set(200, 0, 4), set(200, 0, 5), 300, 10);
        var found = new MixtureSearch(trial, 1).search(Progress.silent());

        assertThat(found.shares()[0]).isGreaterThan(0.7);
        assertThat(found.shares()[2]).isLessThan(0.1);
        assertThat(found.shares()[0] + found.shares()[1] + found.shares()[2])
                .isEqualTo(1, within(1e-9));
        assertThat(found.rankCorrelation()).isGreaterThan(0.7);
        assertThat(found.trainings()).isEqualTo(48);
    }

    /// Texts of two subjects; the task's are two thirds of the one.
    @Test
    void ofTextsTheSharesAreThoseOfTheTask() {
        var one = List.of("the bicycle has a flat tyre", "pump the tyre of the bicycle", "a chain");
        var other = List.of("bake the bread in an oven", "flour and water make bread", "the yeast");
        var noise = List.of("zx qv wj", "qq pp zz kk", "vv xx");
        var task = new ArrayList<String>();
        for (int i = 0; i < 30; i++) {
            task.add("the bicycle has a chain and a tyre");
            task.add("pump a flat tyre");
            task.add("bake bread with yeast");
        }
        var trial =
                new TextTrial(
                        List.of(repeated(one), repeated(other), repeated(noise)), task, task, 200);
        var found = new MixtureSearch(trial, 1).search(Progress.silent());

        assertThat(found.shares()[0]).isBetween(0.45, 0.8);
        assertThat(found.shares()[1]).isBetween(0.2, 0.5);
        assertThat(found.shares()[2]).isLessThan(0.2);
        assertThat(found.rankCorrelation()).isGreaterThan(0.5);
    }

    private static List<String> repeated(List<String> texts) {
        return Collections.nCopies(60, texts).stream().flatMap(List::stream).toList();
    }

    @Test
    void aPairModelsProbabilitiesAddUpToOne() {
        var model = new WordPairs(5);
        model.learn(new int[] {1, 2, 1, 3}, 0);
        model.learn(new int[] {2, 2, 1}, 0);
        for (int last = 0; last < 5; last++) {
            double sum = 0;
            for (int word = 0; word < 5; word++) {
                sum += Math.exp(model.score(new int[] {word}, last));
            }
            assertThat(sum).isEqualTo(1, within(1e-9));
        }
        assertThat(model.score(new int[] {2}, 1)).isGreaterThan(model.score(new int[] {4}, 1));
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
