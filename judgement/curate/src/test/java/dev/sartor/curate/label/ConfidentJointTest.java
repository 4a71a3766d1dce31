package dev.sartor.curate.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Json;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Beside cleanlab, on its own probabilities; bench/references/wrong_labels.py made them.
class ConfidentJointTest {
    private static final JsonNode REFERENCE = reference();
    private static final int[] GIVEN = as("given", int[].class);
    private static final double[][] PROBABILITIES = as("probabilities", double[][].class);

    private static JsonNode reference() {
        try (var in = ConfidentJointTest.class.getResourceAsStream("/wrong-labels.json")) {
            return Json.mapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T as(String key, Class<T> type) {
        return Json.mapper().convertValue(REFERENCE.get(key), type);
    }

    @Test
    void hasTheThresholdsAndCountsOfCleanlab() {
        var joint = ConfidentJoint.of(GIVEN, PROBABILITIES);
        assertThat(joint.thresholds())
                .containsExactly(as("thresholds", double[].class), within(1e-12));
        assertThat(joint.counts()).isDeepEqualTo(as("joint", int[][].class));
        int diagonal = IntStream.range(0, 5).map(c -> joint.counts()[c][c]).sum();
        assertThat(joint.expectedWrong()).isEqualTo(GIVEN.length - diagonal).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void suspectsTheRowsThatCleanlabDoes(Pruning pruning) {
        var suspected = pruning.suspected(GIVEN, PROBABILITIES);
        var expected =
                Json.mapper()
                        .convertValue(
                                REFERENCE
                                        .get("pruned")
                                        .get(pruning.name().toLowerCase(Locale.ROOT)),
                                int[].class);
        assertThat(IntStream.range(0, GIVEN.length).filter(i -> suspected[i]).toArray())
                .isEqualTo(expected)
                .isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void scoresRowsAsCleanlabDoes(LabelScore score) {
        var expected =
                Json.mapper()
                        .convertValue(
                                REFERENCE.get("scores").get(score.name().toLowerCase(Locale.ROOT)),
                                double[].class);
        assertThat(score.of(GIVEN, PROBABILITIES)).containsExactly(expected, within(1e-12));
    }

    @Test
    void aLabelThatNoRowHasIsNeverReached() {
        var joint =
                ConfidentJoint.of(
                        new int[] {0, 0, 2},
                        new double[][] {{.1, .8, .1}, {.8, .1, .1}, {.1, .1, .8}});
        assertThat(joint.thresholds()[1]).isGreaterThan(1);
        assertThat(joint.counts()).isDeepEqualTo(new int[][] {{2, 0, 0}, {0, 0, 0}, {0, 0, 1}});
    }

    @Test
    void whatIsRoundedKeepsItsSum() {
        assertThat(WholeCounts.of(new double[] {1.4, 1.4, 1.2})).containsExactly(1, 2, 1);
        assertThat(WholeCounts.of(new double[] {2.6, 2.6, 1.8})).containsExactly(2, 3, 2);
        assertThat(WholeCounts.of(new double[] {0, 0})).containsExactly(0, 0);
    }
}
