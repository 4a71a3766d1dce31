package dev.sartor.curate.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.core.measure.VectorProducts;
import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WrongLabelsTest {
    private static final int CLASSES = 4;
    private static final int DIMENSION = 9;

    /// Every tenth row of 400 has the label after its own.
    private static LabelledVectors rows(int count, int every) {
        var random = new Random(5);
        var vectors = new ArrayList<float[]>();
        var labels = new int[count];
        for (int i = 0; i < count; i++) {
            int right = i % CLASSES;
            var vector = new float[DIMENSION];
            for (int j = 0; j < DIMENSION; j++) {
                vector[j] = (float) (0.2 * random.nextGaussian() + (j == right ? 1 : 0));
            }
            vectors.add(vector);
            labels[i] = i % every == 0 ? (right + 1) % CLASSES : right;
        }
        return new LabelledVectors(vectors, labels, CLASSES);
    }

    private static LabelFindings find(LabelledVectors rows) {
        return WrongLabels.find(rows, WrongLabelSettings.usual(), Progress.silent());
    }

    @Test
    void plantedWrongLabelsAreSuspectedAndTheRightOnesNamed() {
        var found = find(rows(400, 10));
        assertThat(found.expectedWrong()).isBetween(30, 50);
        assertThat(found.leftOut()).isEmpty();
        var right = IntStream.range(0, 400).filter(i -> i % 10 == 0).toArray();
        int caught = 0;
        int named = 0;
        for (int i : right) {
            var row = found.rows().get(i);
            if (row.suspected()) {
                caught++;
                named += row.likeliest() == i % CLASSES ? 1 : 0;
                assertThat(row.likeliest()).isNotEqualTo(row.given());
                assertThat(row.score()).isLessThan(0.5);
            }
        }
        assertThat(named).isGreaterThanOrEqualTo(caught - 2);
        assertThat(caught).isGreaterThanOrEqualTo(36);
        assertThat(found.suspected()).isBetween(caught, caught + 6);
    }

    /// Vectors that tell nothing: what is found is what the third judge knows, who sees no text that it has learned.
    @Test
    void aFineTunedJudgeFindsWhatVectorsDoNotTell() {
        var random = new Random(3);
        var blind = new ArrayList<float[]>();
        for (int i = 0; i < 200; i++) {
            blind.add(new float[] {(float) random.nextGaussian(), (float) random.nextGaussian()});
        }
        var labels = IntStream.range(0, 200).map(i -> i % 20 == 0 ? 1 - i % 2 : i % 2).toArray();
        var asked = new ArrayList<String>();
        LabelTuner tuner =
                (texts, given, names, others, seed) -> {
                    assertThat(texts).doesNotContainAnyElementsOf(others).hasSizeGreaterThan(100);
                    asked.addAll(others);
                    return others.stream()
                            .map(text ->
                                    text.startsWith("even")
                                            ? new double[] {.95, .05}
                                            : new double[] {.05, .95})
                            .toArray(double[][]::new);
                };
        var judge =
                new TunedFolds(
                        tuner,
                        i -> (i % 2 == 0 ? "even " : "odd ") + i,
                        i -> labels[i] == 0 ? "even" : "odd",
                        List.of("even", "odd"),
                        1,
                        Progress.silent());
        var rows = new LabelledVectors(blind, labels, 2);
        var found =
                WrongLabels.find(
                        rows, WrongLabelSettings.usual(), Optional.of(judge), Progress.silent());

        assertThat(asked).hasSize(200).doesNotHaveDuplicates();
        assertThat(found.suspected()).isBetween(4, 14);
        assertThat(IntStream.range(0, 200).filter(i -> found.rows().get(i).suspected()))
                .allMatch(i -> i % 20 == 0);
        assertThat(find(rows)).isNotEqualTo(found);
    }

    @Test
    void theSameRowsAndSeedFindTheSame() {
        assertThat(find(rows(120, 7))).isEqualTo(find(rows(120, 7)));
    }

    @Test
    void aLabelOfOneRowIsLeftOutAndSaid() {
        var rows = rows(81, 1000);
        var labels = rows.labels().clone();
        labels[80] = 5;
        var found = find(new LabelledVectors(rows.vectors(), labels, 7));
        assertThat(found.leftOut()).containsExactly(80);
        assertThat(found.rows()).hasSize(81);
        assertThat(found.rows().get(80)).isEqualTo(new LabelFinding(5, 5, 1, false));
        assertThat(found.rows().get(1).likeliest()).isEqualTo(1);
    }

    @Test
    void oneLabelIsRefused() {
        var vectors = Collections.nCopies(6, new float[] {1, 2});
        assertThatThrownBy(() -> find(new LabelledVectors(vectors, new int[6], 1)))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("two labels or more")
                .hasMessageContaining("got 1");
    }

    @Test
    void fewerRowsThanFoldsAreRefused() {
        var vectors = Collections.nCopies(4, new float[] {1, 2});
        var few = new LabelledVectors(vectors, new int[] {0, 0, 1, 1}, 2);
        assertThatThrownBy(() -> find(few))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(
                        "curate.wrong_labels.folds must be at most the number of rows");
    }

    @Test
    void rowsThatAreAllTheSameAreJudgedWithoutFailing() {
        var vectors = Collections.nCopies(40, new float[] {0, 0, 0});
        var labels = IntStream.range(0, 40).map(i -> i % 2).toArray();
        assertThat(find(new LabelledVectors(vectors, labels, 2)).rows()).hasSize(40);
    }

    @Test
    void aVectorThatIsNotFiniteIsRefusedWithItsRow() {
        var vectors = List.of(new float[] {1}, new float[] {Float.NaN});
        assertThatThrownBy(() -> new LabelledVectors(vectors, new int[] {0, 1}, 2))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("row 1")
                .hasMessageContaining("finite");
    }

    @Test
    void foldsHaveTheirShareOfEachLabel() {
        var labels = IntStream.range(0, 103).map(i -> i % 3 == 0 ? 1 : 0).toArray();
        var folds = Folds.stratified(labels, 5, 1);
        for (int label = 0; label < 2; label++) {
            for (int fold = 0; fold < 5; fold++) {
                int theirs = label;
                int at = fold;
                long count =
                        IntStream.range(0, 103)
                                .filter(i -> labels[i] == theirs && folds[i] == at)
                                .count();
                assertThat(count).isBetween(label == 1 ? 7L : 13L, label == 1 ? 7L : 14L);
            }
        }
        assertThat(Folds.stratified(labels, 5, 2)).isNotEqualTo(folds);
    }

    @Test
    void neighboursAreThoseThatAComparisonOfAllPairsFinds() {
        var rows = rows(300, 1000);
        var found = Neighbours.of(rows.vectors(), 3, 1, Progress.silent());
        for (int i = 0; i < 300; i += 37) {
            int row = i;
            var expected =
                    IntStream.range(0, 300)
                            .filter(other -> other != row)
                            .boxed()
                            .sorted((a, b) ->
                                    Double.compare(cosine(rows, row, b), cosine(rows, row, a)))
                            .limit(3)
                            .mapToInt(Integer::intValue)
                            .toArray();
            assertThat(found.rows()[i]).containsExactly(expected);
        }
    }

    private static double cosine(LabelledVectors rows, int one, int other) {
        return VectorProducts.cosine(rows.vectors().get(one), rows.vectors().get(other));
    }
}
