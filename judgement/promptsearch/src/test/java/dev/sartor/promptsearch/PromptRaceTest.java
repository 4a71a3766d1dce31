package dev.sartor.promptsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.evaluate.Metric;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PromptRaceTest {
    private static double[] values(int count, double each) {
        var values = new double[count];
        Arrays.fill(values, each);
        return values;
    }

    private static PromptRace race(int examples, String metric, double best) {
        var race =
                new PromptRace(
                        Rows.of("validation", examples),
                        Metric.named(metric, Rows.TASK.labels()),
                        1);
        race.enter("0", values(examples, best));
        return race;
    }

    @Test
    void aProposalThatGetsAllWrongIsBeatenAtTheFirstLook() {
        var race = race(100, "accuracy", 1);
        assertThat(race.looks()).containsExactly(20, 40, 80, 100);
        assertThat(race.out(values(20, 0))).isPresent();
    }

    @Test
    void oneThatIsShownToBeWorseIsBeatenThoughItCouldStillReachTheBest() {
        var race = race(200, "accuracy", 0);
        var best = values(200, 0);
        Arrays.fill(best, 0, 40, 1); // 40 of 200
        race.enter("1", best);
        assertThat(race.out(values(20, 0))).contains(Outcome.BEATEN);
    }

    @Test
    void oneThatCannotReachTheBestAnyMoreIsOut() {
        var race = race(40, "accuracy", 0);
        var best = values(40, 1);
        best[0] = 0;
        race.enter("1", best); // 39 of 40
        var values = values(20, 1);
        values[5] = 0;
        assertThat(race.out(values)).contains(Outcome.OUT_OF_REACH);
    }

    @Test
    void anEqualOneGoesOn() {
        var race = race(100, "accuracy", 0.5);
        assertThat(race.out(values(20, 0.5))).isEmpty();
    }

    @Test
    void withFewExamplesOrAFigureOfAllTogetherNobodyIsOut() {
        assertThat(race(12, "accuracy", 1).looks()).containsExactly(12);
        var macro = race(100, "macro_f1", 1);
        assertThat(macro.looks()).containsExactly(100);
        assertThat(macro.out(values(20, 0))).isEmpty();
    }
}
