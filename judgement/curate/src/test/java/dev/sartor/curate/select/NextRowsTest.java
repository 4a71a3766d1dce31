package dev.sartor.curate.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NextRowsTest {
    /// Three groups of 40 rows around corners of a cube; of each the first three are labelled.
    private static LabelPool pool() {
        var random = new Random(3);
        var vectors = new ArrayList<float[]>();
        var labels = new int[120];
        for (int i = 0; i < 120; i++) {
            var vector = new float[5];
            for (int j = 0; j < 5; j++) {
                vector[j] = (float) (0.2 * random.nextGaussian() + (j == i % 3 ? 1 : 0));
            }
            vectors.add(vector);
            labels[i] = i < 9 ? i % 3 : LabelPool.NONE;
        }
        return new LabelPool(vectors, labels, 3);
    }

    private static LabelPool without(LabelPool pool) {
        return pool.withOnly(new int[0], new int[0]);
    }

    private static int[] choose(LabelPool pool, int count, Strategy strategy) {
        return NextRows.choose(pool, count, strategy, 1, Progress.silent());
    }

    @ParameterizedTest
    @EnumSource
    void choosesEachUnlabelledRowAtMostOnceAndTheSameAgain(Strategy strategy) {
        var pool = pool();
        var chosen = choose(pool, 30, strategy);
        assertThat(chosen).hasSize(30).doesNotHaveDuplicates();
        assertThat(Arrays.stream(chosen).boxed()).allMatch(row -> row >= 9);
        assertThat(choose(pool, 30, strategy)).isEqualTo(chosen);
    }

    @ParameterizedTest
    @EnumSource
    void choosesAllWhereMoreAreAskedForThanThereAre(Strategy strategy) {
        assertThat(choose(pool(), 1000, strategy)).hasSize(111).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatAreAllTheSameAreChosenAllTheSame(Strategy strategy) {
        var labels = new int[30];
        Arrays.fill(labels, 2, 30, LabelPool.NONE);
        labels[1] = 1;
        var pool = new LabelPool(Collections.nCopies(30, new float[] {1, 0}), labels, 2);
        assertThat(choose(pool, 10, strategy)).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void theMostUncertainRowsLieBetweenTheGroups() {
        var pool = pool();
        var between = pool.vectors().get(50).clone();
        Arrays.fill(between, 0.5f);
        var vectors = new ArrayList<>(pool.vectors());
        vectors.set(50, between);
        var with = new LabelPool(vectors, pool.labels(), 3);
        for (var strategy : List.of(Strategy.LEAST_CONFIDENCE, Strategy.ENTROPY)) {
            assertThat(choose(with, 12, strategy)).as(strategy.key()).contains(50);
        }
    }

    @Test
    void uncertaintyIsMeasuredAsItsNameSays() {
        var row = new double[] {0.5, 0.2, 0.3};
        assertThat(NextRows.confidence(row)).isEqualTo(0.5);
        assertThat(NextRows.margin(row)).isEqualTo(0.2, within(1e-12));
        assertThat(NextRows.entropy(row)).isEqualTo(1.0297, within(1e-4));
        assertThat(NextRows.entropy(new double[] {1, 0})).isZero();
    }

    @Test
    void theFurthestRowComesFirstInKCenter() {
        var vectors =
                List.of(
                        new float[] {0},
                        new float[] {1},
                        new float[] {5},
                        new float[] {9},
                        new float[] {4});
        var pool = new LabelPool(vectors, new int[] {0, -1, -1, -1, -1}, 1);
        assertThat(choose(pool, 2, Strategy.K_CENTER)).containsExactly(3, 2);
    }

    @Test
    void typicalRowsComeFromEveryGroup() {
        var chosen = choose(without(pool()), 6, Strategy.TYPICAL);
        assertThat(Arrays.stream(chosen).map(row -> row % 3).distinct().count()).isEqualTo(3);
    }

    @Test
    void gradientsAreAsFarApartAsTheirOuterProducts() {
        var vectors = List.of(new float[] {1, 2}, new float[] {-1, 0.5f});
        var errors = new float[][] {{0.2f, -0.7f, 0.5f}, {-0.4f, 0.3f, 0.1f}};
        double expected = 0;
        for (int c = 0; c < 3; c++) {
            for (int j = 0; j < 2; j++) {
                double off = errors[0][c] * vectors.get(0)[j] - errors[1][c] * vectors.get(1)[j];
                expected += off * off;
            }
        }
        var distances = Distances.ofGradients(vectors, new int[] {0, 1}, errors);
        assertThat(distances.squared(0, 1)).isEqualTo(expected, within(1e-6));
        assertThat(distances.squared(1, 1)).isEqualTo(0, within(1e-9));
    }

    @Test
    void aStrategyThatAsksAClassifierNeedsTwoLabels() {
        assertThatThrownBy(() -> choose(without(pool()), 5, Strategy.BADGE))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("strategy must be one that asks no classifier")
                .hasMessageContaining("begin with typical");
    }

    @Test
    void theTrialScoresEveryStrategyOnHeldOutRows() {
        var pool = pool();
        var rows = IntStream.range(0, 120).toArray();
        var all = pool.withOnly(rows, Arrays.stream(rows).map(row -> row % 3).toArray());
        var tried = List.of(Strategy.RANDOM, Strategy.MARGIN, Strategy.BADGE);
        var trial = StrategyTrial.of(all, tried, 2, 1, Progress.silent());
        assertThat(trial.scores())
                .extracting(StrategyTrial.Scored::strategy)
                .containsExactlyInAnyOrderElementsOf(tried);
        assertThat(trial.scores()).allMatch(each -> each.accuracy() > 0.8);
        assertThat(trial.best()).isEqualTo(trial.scores().getFirst().strategy());
        assertThat(StrategyTrial.of(all, tried, 2, 1, Progress.silent())).isEqualTo(trial);
    }

    @Test
    void tooFewLabelledRowsTellNoStrategyFromAnother() {
        assertThatThrownBy(() ->
                        StrategyTrial.of(pool(), List.of(Strategy.RANDOM), 1, 1, Progress.silent()))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("labelled rows must be at least 60");
    }
}
