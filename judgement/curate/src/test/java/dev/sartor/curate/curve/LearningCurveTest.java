package dev.sartor.curate.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class LearningCurveTest {
    private static final PowerLaw TRUTH = new PowerLaw(0.9, 2, 0.5);

    /// Scores that lie about the law, as far apart as those of samples would.
    private static ToDoubleFunction<int[]> score(long seed, double noise) {
        var random = new Random(seed);
        return rows ->
                TRUTH.at(rows.length) + noise * random.nextGaussian() / Math.sqrt(rows.length);
    }

    private static LearningCurve measured(long seed, double noise) {
        return LearningCurve.measure(
                1600,
                /* labels= */ 1,
                score(seed, noise),
                new CurveSettings(5, 8, seed),
                Progress.silent());
    }

    @Test
    void exactScoresGiveTheirLawBack() {
        var law = measured(1, 0).law();
        assertThat(law.at(100)).isEqualTo(TRUTH.at(100), within(1e-3));
        assertThat(law.at(3200)).isEqualTo(TRUTH.at(3200), within(2e-3));
        assertThat(law.ceiling()).isEqualTo(0.9, within(0.01));
    }

    @Test
    void theIntervalHoldsWhatTwiceTheRowsGiveAboutAsOftenAsItSays() {
        int held = 0;
        for (int seed = 1; seed <= 40; seed++) {
            var forecast = measured(seed, 0.3).forecast(3200, seed);
            double measured = score(1000 + seed, 0.3).applyAsDouble(new int[3200]);
            held += forecast.low() <= measured && measured <= forecast.high() ? 1 : 0;
            assertThat(forecast.high() - forecast.low()).isLessThan(0.1);
        }
        assertThat(held).isGreaterThanOrEqualTo(36);
    }

    @Test
    void sizesDoubleUpToAllRows() {
        assertThat(measured(1, 0.1).points())
                .extracting(SizeScores::rows)
                .containsExactly(100, 200, 400, 800, 1600);
        assertThat(measured(1, 0.1).points().getLast().scores()).hasSize(1);
    }

    @Test
    void theSameSeedGivesTheSameForecast() {
        assertThat(measured(3, 0.2).forecast(3200, 7))
                .isEqualTo(measured(3, 0.2).forecast(3200, 7));
    }

    @Test
    void theCeilingStaysWithinWhatAScoreCanBe() {
        var points = new ArrayList<SizeScores>();
        for (int rows : List.of(10, 20, 40, 80)) {
            points.add(new SizeScores(rows, List.of(0.2 + 0.1 * Math.log(rows))));
        }
        var curve = LearningCurve.of(points);
        assertThat(curve.law().ceiling()).isLessThanOrEqualTo(1);
        assertThat(curve.forecast(1_000_000, 1).high()).isLessThanOrEqualTo(1);
    }

    @Test
    void aScoreThatFallsIsForecastToStay() {
        var points =
                List.of(
                        new SizeScores(100, List.of(0.9, 0.88)),
                        new SizeScores(200, List.of(0.8, 0.82)),
                        new SizeScores(400, List.of(0.7)));
        var curve = LearningCurve.of(points);
        assertThat(curve.law().fall()).isZero();
        assertThat(curve.gainPerHundred(400, 3)).allMatch(gain -> gain == 0);
    }

    @Test
    void eachFurtherHundredBringsLess() {
        var gains = measured(1, 0).gainPerHundred(1600, 4);
        assertThat(gains).hasSize(4).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(gains.getFirst())
                .isEqualTo(TRUTH.at(1700) - TRUTH.at(1600), within(1e-3))
                .isPositive();
    }

    @Test
    void drawsThatCannotBeLearnedFromAreLeftOut() {
        var curve =
                LearningCurve.measure(
                        160,
                        /* labels= */ 1,
                        rows -> rows.length < 20 ? Double.NaN : TRUTH.at(rows.length),
                        CurveSettings.usual(),
                        Progress.silent());
        assertThat(curve.points()).extracting(SizeScores::rows).containsExactly(20, 40, 80, 160);
    }

    @Test
    void theSmallestSizeHasRowsOfEachLabel() {
        var curve =
                LearningCurve.measure(
                        2000, 77, score(1, 0), CurveSettings.usual(), Progress.silent());

        assertThat(curve.points())
                .extracting(SizeScores::rows)
                .containsExactly(616, 827, 1110, 1490, 2000);
    }

    @Test
    void aBendInTheSmallSizesWidensTheInterval() {
        var bent =
                LearningCurve.of(
                        List.of(
                                new SizeScores(100, List.of(0.3, 0.31)),
                                new SizeScores(200, List.of(0.7, 0.71)),
                                new SizeScores(400, List.of(0.80, 0.81)),
                                new SizeScores(800, List.of(0.85, 0.86)),
                                new SizeScores(1600, List.of(0.88))));
        var straight = measured(1, 0.02).forecast(3200, 1);
        var forecast = bent.forecast(3200, 1);

        assertThat(forecast.high() - forecast.low())
                .isGreaterThan(2 * (straight.high() - straight.low()));
    }

    @Test
    void tooFewRowsAreRefused() {
        assertThatThrownBy(() ->
                        LearningCurve.measure(
                                159,
                                /* labels= */ 1,
                                score(1, 0),
                                CurveSettings.usual(),
                                Progress.silent()))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("rows must be at least 160 for 5 sizes");
    }
}
