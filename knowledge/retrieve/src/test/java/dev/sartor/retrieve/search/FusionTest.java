package dev.sartor.retrieve.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.retrieve.Hit;
import java.util.List;
import org.junit.jupiter.api.Test;

class FusionTest {
    private static final Fusion RANKS = new Fusion.ReciprocalRankFusion();

    private static List<Hit> ranking(int... documents) {
        return java.util.Arrays.stream(documents).mapToObj(d -> new Hit(d, -d)).toList();
    }

    @Test
    void scoresAreSumsOfReciprocalRanks() {
        var fused = RANKS.fuse(ranking(7, 3, 5), ranking(3, 9));
        assertThat(fused).extracting(Hit::document).containsExactly(3, 7, 9, 5);
        assertThat(fused.get(0).score()).isCloseTo(1 / 62.0 + 1 / 61.0, within(1e-15));
        assertThat(fused.get(1).score()).isCloseTo(1 / 61.0, within(1e-15));
        assertThat(fused.get(2).score()).isCloseTo(1 / 62.0, within(1e-15));
    }

    @Test
    void equalScoresComeInTheOrderOfTheirNumbers() {
        assertThat(RANKS.fuse(ranking(9), ranking(2)))
                .extracting(Hit::document)
                .containsExactly(2, 9);
    }

    @Test
    void stretchedScoresAreAddedByTheirWeights() {
        var words = List.of(new Hit(1, 12), new Hit(2, 9), new Hit(3, 6));
        var meanings = List.of(new Hit(3, 0.9), new Hit(1, 0.8), new Hit(4, 0.4));
        var fused = new Fusion.ConvexCombination(0.25).fuse(words, meanings);
        assertThat(fused).extracting(Hit::document).containsExactly(1, 3, 2, 4);
        assertThat(fused.get(0).score()).isCloseTo(0.25 + 0.75 * 0.8, within(1e-12));
        assertThat(fused.get(1).score()).isCloseTo(0.75, within(1e-12));
        assertThat(fused.get(2).score()).isCloseTo(0.125, within(1e-12));
        assertThat(fused.get(3).score()).isZero();
    }

    @Test
    void aSinglePassageOrEqualOnesGetTheWholeWeight() {
        var fused = new Fusion.ConvexCombination(0.25).fuse(List.of(new Hit(5, 3)), List.of());
        assertThat(fused).containsExactly(new Hit(5, 0.25));
    }

    @Test
    void aWeightBeyondOneIsRefused() {
        assertThatThrownBy(() -> new Fusion.ConvexCombination(1.5))
                .hasMessageContaining("retrieval.bm25_weight must be 0 to 1, got 1.5");
    }
}
