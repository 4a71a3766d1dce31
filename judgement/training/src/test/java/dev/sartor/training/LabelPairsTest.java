package dev.sartor.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelPairsTest {
    private static final List<Integer> LABELS = List.of(0, 1, 0, 0, 1, 2);

    @Test
    void eachTextIsPairedWithOthersOfItsLabelAlone() {
        var pairs = LabelPairs.of(LABELS, 2, 1);
        assertThat(pairs)
                .hasSize(8) // two for each of the three, one for each of the two, none for the one
                .doesNotHaveDuplicates()
                .allSatisfy(pair -> {
                    assertThat(pair.one()).isNotEqualTo(pair.other());
                    assertThat(LABELS.get(pair.one())).isEqualTo(LABELS.get(pair.other()));
                });
    }

    @Test
    void theSeedDecidesWhichOnes() {
        var many = java.util.Collections.nCopies(20, 0);
        assertThat(LabelPairs.of(many, 3, 1)).hasSize(60).isEqualTo(LabelPairs.of(many, 3, 1));
        assertThat(LabelPairs.of(many, 3, 1)).isNotEqualTo(LabelPairs.of(many, 3, 2));
    }
}
