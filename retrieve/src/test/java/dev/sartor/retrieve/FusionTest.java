package dev.sartor.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FusionTest {
    @Test
    void scoresAreSumsOfReciprocalRanks() {
        var fused = Fusion.reciprocalRanks(List.of(List.of(7, 3, 5), List.of(3, 9)), 3);
        assertThat(fused).extracting(Fusion.Fused::document).containsExactly(3, 7, 9);
        assertThat(fused.get(0).score()).isCloseTo(1 / 62.0 + 1 / 61.0, within(1e-15));
        assertThat(fused.get(1).score()).isCloseTo(1 / 61.0, within(1e-15));
        assertThat(fused.get(2).score()).isCloseTo(1 / 62.0, within(1e-15));
    }

    @Test
    void equalScoresComeInTheOrderOfTheirNumbers() {
        assertThat(Fusion.reciprocalRanks(List.of(List.of(9), List.of(2)), 2))
                .extracting(Fusion.Fused::document)
                .containsExactly(2, 9);
    }
}
