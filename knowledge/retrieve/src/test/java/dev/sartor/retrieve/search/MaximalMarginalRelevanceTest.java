package dev.sartor.retrieve.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.retrieve.Hit;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaximalMarginalRelevanceTest {
    private static final List<float[]> VECTORS =
            List.of(new float[] {1, 0}, new float[] {2, 0}, new float[] {0, 1}, new float[] {1, 1});
    private static final List<Hit> FOUND =
            List.of(new Hit(0, 1.0), new Hit(1, 0.9), new Hit(2, 0.5), new Hit(3, 0));

    private static List<Integer> chosen(double lambda, int k) throws IOException {
        return new MaximalMarginalRelevance(lambda)
                .chosen(FOUND, k, VECTORS::get).stream().map(Hit::document).toList();
    }

    @Test
    void withoutAPenaltyTheBestStay() throws IOException {
        assertThat(chosen(1, 3)).containsExactly(0, 1, 2);
    }

    /// Passage 1 points where 0 does, whatever its length; 2 stands across.
    @Test
    void aPassageLikeOneAlreadyShownIsPassedOver() throws IOException {
        assertThat(chosen(0.5, 2)).containsExactly(0, 2);
        assertThat(chosen(0.8, 2)).containsExactly(0, 1);
    }

    @Test
    void allAreChosenInTheEnd() throws IOException {
        assertThat(chosen(0.5, 9)).containsExactlyInAnyOrder(0, 1, 2, 3);
    }
}
