package dev.sartor.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingTest {
    @Test
    void equalScoresAreRankedByIdDescending() {
        assertThat(Ranking.of(Map.of("a", 1.0, "c", 1.0, "b", 2.0)).ids())
                .containsExactly("b", "c", "a");
    }

    @Test
    void gainIsRelevanceOverTheLogarithmOfTheRank() {
        var judged = Map.of("a", 2, "b", 1, "c", 1, "no", 0);
        double ideal = 2 + 1 / log2(3) + 1 / log2(4);
        assertThat(new Ranking(List.of("x", "a", "no", "b")).ndcg(judged, 10))
                .isCloseTo((2 / log2(3) + 1 / log2(5)) / ideal, within(1e-12));
        assertThat(new Ranking(List.of("x", "a", "no", "b")).ndcg(judged, 2))
                .isCloseTo((2 / log2(3)) / (2 + 1 / log2(3)), within(1e-12));
        assertThat(new Ranking(List.of("a")).ndcg(Map.of("a", 0), 10)).isZero();
    }

    @Test
    void recallIsTheShareOfTheRelevantOnes() {
        var judged = Map.of("a", 2, "b", 1, "no", 0);
        assertThat(new Ranking(List.of("no", "b", "a")).recall(judged, 2)).isEqualTo(0.5);
        assertThat(new Ranking(List.of("no", "b", "a")).recall(judged, 3)).isEqualTo(1);
        assertThat(new Ranking(List.of("a")).recall(Map.of(), 3)).isZero();
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
