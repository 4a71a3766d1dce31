package dev.sartor.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LogisticRegressionTest {
    private static final JsonNode REFERENCE = reference();
    private static final List<float[]> VECTORS = vectors("vectors");
    private static final int[] LABELS =
            Json.mapper().convertValue(REFERENCE.get("labels"), int[].class);

    /// Of scikit-learn; bench/references/logistic_regression.py made it.
    private static JsonNode reference() {
        try (var in =
                LogisticRegressionTest.class.getResourceAsStream("/logistic-regression.json")) {
            return Json.mapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<float[]> vectors(String key) {
        var rows = new ArrayList<float[]>();
        REFERENCE.get(key).forEach(row -> rows.add(Json.mapper().convertValue(row, float[].class)));
        return rows;
    }

    @Test
    void givesTheProbabilitiesThatScikitLearnGives() {
        assertThat(REFERENCE.get("learned")).hasSize(3);
        for (var learned : REFERENCE.get("learned")) {
            var model =
                    LogisticRegression.fit(
                            VECTORS, LABELS, 4, learned.get("strength").doubleValue(), 1e-9);
            var asked = vectors("asked");
            for (int i = 0; i < asked.size(); i++) {
                var expected =
                        Json.mapper()
                                .convertValue(
                                        learned.get("log_probabilities").get(i), double[].class);
                assertThat(model.logProbabilities(asked.get(i)))
                        .as(learned.get("strength") + ", row " + i)
                        .containsExactly(expected, within(1e-4));
            }
        }
    }

    @Test
    void aLabelThatNoRowHasBecomesUnlikelyAndTheOthersStayAsTheyAre() {
        var four = LogisticRegression.fit(VECTORS, LABELS, 4, 10, 1e-9);
        var five = LogisticRegression.fit(VECTORS, LABELS, 5, 10, 1e-9);
        for (var vector : vectors("asked")) {
            var with = five.logProbabilities(vector);
            assertThat(with[4]).isLessThan(Math.log(1e-3));
            assertThat(Arrays.copyOf(with, 4))
                    .containsExactly(four.logProbabilities(vector), within(0.05));
        }
    }

    @Test
    void goingOnFromAnothersWeightsEndsAtTheSameMinimum() {
        var fresh = LogisticRegression.fit(VECTORS, LABELS, 4, 100, 1e-9);
        var gone =
                LogisticRegression.fit(VECTORS, LABELS, 4, 0.1, 1e-9)
                        .refit(VECTORS, LABELS, 100, 1e-9);
        for (var vector : vectors("asked")) {
            assertThat(gone.logProbabilities(vector))
                    .containsExactly(fresh.logProbabilities(vector), within(1e-4));
        }
    }

    @Test
    void theSameRowsGiveTheSameBits() {
        var once = LogisticRegression.fit(VECTORS, LABELS, 4, 10, 1e-6);
        assertThat(once.isConverged()).isTrue();
        var again = LogisticRegression.fit(VECTORS, LABELS, 4, 10, 1e-6);
        for (var vector : vectors("asked")) {
            assertThat(again.logProbabilities(vector))
                    .containsExactly(once.logProbabilities(vector));
        }
    }

    @Test
    void whatCannotBeLearnedFromIsRefused() {
        assertThatThrownBy(() -> LogisticRegression.fit(List.of(), new int[0], 2, 1, 1e-4))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogisticRegression.fit(VECTORS, LABELS, 4, 0, 1e-4))
                .isInstanceOf(IllegalArgumentException.class);
        var model = LogisticRegression.fit(VECTORS, LABELS, 4, 1, 1e-4);
        assertThatThrownBy(() -> model.logProbabilities(new float[3]))
                .hasMessageContaining("vectors of 6, got one of 3");
    }

    @Test
    void crossValidationTakesTheStrengthThatIsRightMostOften() {
        var chosen = LogisticRegression.chosen(VECTORS, LABELS, 4, 1);
        assertThat(LogisticRegression.STRENGTHS).contains(chosen.strength());
        assertThat(chosen.accuracy()).isBetween(0.6, 1.0);
        assertThat(LogisticRegression.chosen(VECTORS, LABELS, 4, 1)).isEqualTo(chosen);
        // Where vectors say nothing of the label, no strength does better than the commonest one.
        var few = Collections.nCopies(60, new float[] {1, 0});
        assertThat(LogisticRegression.chosen(few, LABELS, 4, 1).accuracy()).isLessThan(0.5);
    }

    @Test
    void aSingleRowOfALabelIsNoHindrance() {
        var labels = LABELS.clone();
        Arrays.setAll(labels, i -> i == 0 ? 3 : labels[i] % 3);
        assertThat(LogisticRegression.chosen(VECTORS, labels, 4, 1).accuracy()).isGreaterThan(0.5);
    }
}
