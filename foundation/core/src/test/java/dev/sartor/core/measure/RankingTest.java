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

    /// By the units of UTF-16 the first two would change places.
    @Test
    void idsAreComparedByTheirBytes() {
        var scores = Map.of("\uFFFD", 1.0, "😀", 1.0, "é", 1.0, "z", 1.0, "", 1.0, "zz", 1.0);
        assertThat(Ranking.of(scores).ids()).containsExactly("😀", "\uFFFD", "é", "zz", "z", "");
    }

    @Test
    void scoresThatAreAlikeIn32BitsAreEqual() {
        assertThat(Ranking.of(Map.of("a", 1.0 + 1e-12, "b", 1.0, "c", 1.0 - 1e-12)).ids())
                .containsExactly("c", "b", "a");
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

    @Test
    void gainIsAShareOfTheBestEvenWhereTheOrderIsTheWorst() {
        var judged = Map.of("a", 3, "b", 2, "c", 1);
        assertThat(new Ranking(List.of("a", "b", "c")).ndcg(judged, 3)).isEqualTo(1);
        assertThat(new Ranking(List.of("c", "b", "a")).ndcg(judged, 3)).isStrictlyBetween(0.7, 0.9);
        assertThat(new Ranking(List.of("a", "x")).ndcg(Map.of("a", 1, "x", -1), 2)).isEqualTo(1);
    }

    @Test
    void reciprocalRankIsOneOverTheFirstRelevantOnesAmongTheFirst() {
        var judged = Map.of("a", 1, "b", 2, "no", 0);
        assertThat(new Ranking(List.of("a", "b")).reciprocalRank(judged, 10)).isEqualTo(1);
        assertThat(new Ranking(List.of("x", "no", "b", "a")).reciprocalRank(judged, 10))
                .isEqualTo(1.0 / 3);
        assertThat(new Ranking(List.of("x", "no", "b")).reciprocalRank(judged, 3))
                .isEqualTo(1.0 / 3);
        assertThat(new Ranking(List.of("x", "no", "b")).reciprocalRank(judged, 2)).isZero();
        assertThat(new Ranking(List.of()).reciprocalRank(judged, 2)).isZero();
    }

    @Test
    void averagePrecisionIsOverAllRelevantOnesWhetherFoundOrNot() {
        var judged = Map.of("a", 1, "b", 2, "c", 1, "gone", 1, "no", 0);
        var ranking = new Ranking(List.of("a", "no", "b", "x", "c"));
        assertThat(ranking.averagePrecision(judged, 10))
                .isCloseTo((1 + 2.0 / 3 + 3.0 / 5) / 4, within(1e-12));
        assertThat(ranking.averagePrecision(judged, 3)).isCloseTo((1 + 2.0 / 3) / 4, within(1e-12));
        assertThat(ranking.averagePrecision(judged, 2)).isEqualTo(0.25);
        assertThat(ranking.averagePrecision(Map.of("no", 0), 10)).isZero();
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
