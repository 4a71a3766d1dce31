package dev.sartor.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextScoresTest {
    @Test
    void momentsAreThoseOfTheWholeDistribution() {
        // p = ½, ¼, ¼: Σ p ln p = −1.5 ln 2, and the deviation of ln p is ½ ln 2.
        float log = (float) Math.log(2);
        var found =
                Engine.call(() -> {
                    try (var _ = TensorScope.open()) {
                        var logits = Tensors.of(new float[] {log, 0, 0, 0, log, 0}, 2, 3);
                        return TokenLikelihoods.of(logits.to(DType.F32), new int[] {0, 2});
                    }
                });
        double ln2 = Math.log(2);
        assertThat(found.chosen()).containsExactly(new double[] {-ln2, -2 * ln2}, within(1e-6));
        assertThat(found.mean())
                .containsExactly(new double[] {-1.5 * ln2, -1.5 * ln2}, within(1e-6));
        assertThat(found.deviation())
                .containsExactly(new double[] {0.5 * ln2, 0.5 * ln2}, within(1e-6));
        assertThat(found.sum()).isCloseTo(-3 * ln2, within(1e-6));
    }

    @Test
    void partsAreJoinedInTheirOrder() {
        var one = new TokenLikelihoods(new double[] {-1}, new double[] {-2}, new double[] {3});
        var two = new TokenLikelihoods(new double[] {-4}, new double[] {-5}, new double[] {6});
        var joined = TokenLikelihoods.joined(List.of(one, two));
        assertThat(joined.chosen()).containsExactly(-1, -4);
        assertThat(joined.mean()).containsExactly(-2, -5);
        assertThat(joined.deviation()).containsExactly(3, 6);
    }
}
