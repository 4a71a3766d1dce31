package dev.sartor.evaluate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.SartorException;
import dev.sartor.evaluate.Reference;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StatisticsTest {
    private static final Offset<Double> EXACT = within(1e-9);

    private static final JsonNode OURS = Reference.read("statistics.json");
    private static final JsonNode MORE = Reference.read("more.json");

    @Test
    void pairedTestsGiveScipysPValues() {
        for (var row : OURS.get("paired")) {
            var a = Reference.numbers(row.get("a"));
            var b = Reference.numbers(row.get("b"));
            var x = Reference.numbers(row.get("x"));
            var y = Reference.numbers(row.get("y"));
            assertThat(PairedTests.mcNemar(only(a, b), only(b, a)))
                    .isCloseTo(row.get("mcnemar_exact_p").asDouble(), EXACT);
            assertThat(PairedTests.t(x, y)).isCloseTo(row.get("paired_t_p").asDouble(), EXACT);
            assertThat(PairedTests.wilcoxon(x, y))
                    .isCloseTo(row.get("wilcoxon_p").asDouble(), EXACT);
        }
    }

    @Test
    void sharesHaveScipysIntervals() {
        for (var row : OURS.get("paired")) {
            var a = Reference.numbers(row.get("a"));
            int right = (int) Arrays.stream(a).sum();
            isInterval(Proportions.wilson(right, a.length), row.get("wilson_a"), EXACT);
        }
    }

    @Test
    void tiesAndZerosAreHandledAsScipyHandlesThem() {
        for (var row : MORE.get("signed_ranks")) {
            var a = Reference.numbers(row.get("a"));
            var b = Reference.numbers(row.get("b"));
            assertThat(PairedTests.wilcoxon(a, b))
                    .as("%d pairs", a.length)
                    .isCloseTo(row.get("wilcoxon").asDouble(), EXACT);
            assertThat(PairedTests.t(a, b)).isCloseTo(row.get("t").asDouble(), EXACT);
        }
    }

    @Test
    void candidatesThatAnswerAlikeDifferByChanceAlone() {
        var same = new double[] {0.1, 0.5, 1};
        assertThat(PairedTests.wilcoxon(same, same)).isEqualTo(1);
        assertThat(PairedTests.t(same, same)).isEqualTo(1);
        assertThat(PairedTests.mcNemar(0, 0)).isEqualTo(1);
        assertThat(PairedTests.mcNemar(7, 7)).isEqualTo(1);
    }

    @Test
    void mcNemarCountsBothTailsForEverySplit() {
        for (int n = 1; n <= 60; n++) {
            double[] chances = new double[n + 1];
            chances[0] = Math.pow(0.5, n);
            for (int k = 1; k <= n; k++) {
                chances[k] = chances[k - 1] * (n - k + 1) / k;
            }
            for (int k = 0; k <= n; k++) {
                double observed = chances[k] * (1 + 1e-7); // scipy's allowance for rounding
                double p = Arrays.stream(chances).filter(chance -> chance <= observed).sum();
                assertThat(PairedTests.mcNemar(k, n - k)).as("%d of %d", k, n).isCloseTo(p, EXACT);
            }
        }
    }

    @Test
    void differencesOfSharesHaveNewcombesIntervalAndMcNemarsP() {
        for (var row : MORE.get("shares")) {
            var table = row.get("table");
            int first = table.get(1).asInt();
            int second = table.get(2).asInt();
            var interval =
                    Proportions.difference(
                            table.get(0).asInt(), first, second, table.get(3).asInt(), 0.05);
            isInterval(interval, row.get("interval"), EXACT);
            assertThat(PairedTests.mcNemar(first, second))
                    .isCloseTo(row.get("p").asDouble(), EXACT);
        }
    }

    @Test
    void newcombesOwnExampleComesOutAsPublished() {
        // Statistics in Medicine 17, 1998, table II: 36, 12, 2, 0 gives 0.0569 to 0.3404 by method
        // 10.
        var interval = Proportions.difference(36, 12, 2, 0, 0.05);
        assertThat(interval.low()).isCloseTo(0.0569, within(5e-5));
        assertThat(interval.high()).isCloseTo(0.3404, within(5e-5));
    }

    @Test
    void severalPValuesAreAdjustedInTheirOrder() {
        var holm = OURS.get("holm");
        assertThat(Holm.adjust(Reference.numbers(holm.get("p"))))
                .containsExactly(Reference.numbers(holm.get("adjusted")), EXACT);
        assertThat(Holm.adjust()).isEmpty();
        assertThat(Holm.adjust(0.7, 0.9)).containsExactly(1, 1);
    }

    @Test
    void sampleSizesAreThoseOfTheIntervalThatDecides() {
        assertThat(SampleSize.needed(0.05)).isEqualTo(628);
        assertThat(SampleSize.needed(0.08)).isEqualTo(246);
        assertThat(SampleSize.needed(0.05, 0.1, 0.8, 0.05)).isEqualTo(314);
        assertThat(SampleSize.needed(1, 0.01, 0.5, 0.05)).isEqualTo(1);
    }

    @Test
    void powerIsThatOfTheTwoSidedInterval() {
        // (1.9600 + 0.8416)² · 0.2 / 0.05² = 627.9
        assertThat(SampleSize.powerOfInterval(628, 0.05, 0.2)).isCloseTo(0.8, within(1e-3));
        assertThat(SampleSize.powerOfInterval(495, 0.05, 0.2)).isCloseTo(0.701, within(1e-3));
    }

    @Test
    void aSampleSizeForNonsenseIsRefused() {
        assertThatThrownBy(() -> SampleSize.needed(0))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("margin must be more than 0");
        assertThatThrownBy(() -> SampleSize.needed(0.1, 0, 0.8, 0.05))
                .hasMessageContaining("discordant");
        assertThatThrownBy(() -> SampleSize.needed(0.1, 0.2, 1, 0.05))
                .hasMessageContaining("power");
    }

    @Test
    void aMarginOrADiscordanceOfAllIsTheLargest() {
        assertThat(SampleSize.needed(1, 1, 0.5, 0.05)).isEqualTo(4); // 1.96² = 3.84
        assertThatThrownBy(() -> SampleSize.needed(1.001)).hasMessageContaining("margin");
        assertThatThrownBy(() -> SampleSize.needed(0.1, 1.001, 0.8, 0.05))
                .hasMessageContaining("discordant");
        assertThatThrownBy(() -> SampleSize.needed(0.1, 0.2, 0, 0.05))
                .hasMessageContaining("power");
    }

    private static int only(double[] one, double[] other) {
        int count = 0;
        for (int i = 0; i < one.length; i++) {
            count += one[i] == 1 && other[i] == 0 ? 1 : 0;
        }
        return count;
    }

    private static void isInterval(Interval interval, JsonNode expected, Offset<Double> offset) {
        assertThat(interval.low()).isCloseTo(expected.get(0).asDouble(), offset);
        assertThat(interval.high()).isCloseTo(expected.get(1).asDouble(), offset);
    }
}
