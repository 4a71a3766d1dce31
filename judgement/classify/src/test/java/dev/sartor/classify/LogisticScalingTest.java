package dev.sartor.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LogisticScalingTest {
    private static final JsonNode REFERENCE = reference();

    /// Of scikit-learn; bench/references/logistic_scaling.py made it.
    private static JsonNode reference() {
        try (var in = LogisticScalingTest.class.getResourceAsStream("/logistic-scaling.json")) {
            return Json.mapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T read(String name, Class<T> type) {
        return Json.mapper().convertValue(REFERENCE.get(name), type);
    }

    @Test
    void probabilitiesAreThoseOfScikitLearnOnStandardizedFeatures() {
        var features = Arrays.asList(read("features", double[][].class));
        var fitted = LogisticScaling.fit(features, Arrays.asList(read("is", Boolean[].class)));
        var asked = read("asked", double[][].class);
        var expected = read("probabilities", double[].class);
        for (int i = 0; i < asked.length; i++) {
            assertThat(fitted.probability(asked[i])).isCloseTo(expected[i], within(1e-6));
        }
    }

    @Test
    void rowsThatAreToldApartWithoutErrorStillHaveAFit() {
        var fitted =
                LogisticScaling.fit(
                        List.of(new double[] {1}, new double[] {2}, new double[] {8}),
                        List.of(false, false, true));
        assertThat(fitted.probability(9)).isBetween(0.6, 0.999);
        assertThat(fitted.probability(1)).isBetween(0.001, 0.4);
    }

    @Test
    void oneKindOfRowsAloneIsRefused() {
        assertThatThrownBy(() -> LogisticScaling.fit(List.of(new double[] {1}), List.of(true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows of both kinds");
        var fitted =
                LogisticScaling.fit(
                        List.of(new double[] {1}, new double[] {2}), List.of(true, false));
        assertThatThrownBy(() -> fitted.probability(1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("learned from 1 features, got 2");
    }
}
