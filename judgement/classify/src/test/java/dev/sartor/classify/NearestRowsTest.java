package dev.sartor.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestRowsTest {
    private static final float[] ASKED = {1, 0};

    /// By their similarity to what is asked: 0.6, 1, 0.8, 0.6.
    private static final NearestRows ROWS =
            new NearestRows(
                    List.of(
                            new float[] {0.6f, 0.8f},
                            new float[] {1, 0},
                            new float[] {0.8f, 0.6f},
                            new float[] {0.6f, -0.8f}));

    @Test
    void theMostAlikeComeFirstAndOfEqualsTheEarlier() {
        assertThat(ROWS.of(ASKED, 3)).extracting(NearestRows.Row::row).containsExactly(1, 2, 0);
        assertThat(ROWS.of(ASKED, 9)).extracting(NearestRows.Row::row).containsExactly(1, 2, 0, 3);
        assertThat(ROWS.of(ASKED, 1).getFirst().similarity()).isEqualTo(1);
    }

    @Test
    void theVoteIsTheLogarithmOfEachLabelsShare() {
        var vote = ROWS.vote(ASKED, 3, new int[] {0, 1, 0, 1}, 3);
        assertThat(Math.exp(vote[0])).isCloseTo(2.01 / 3.03, within(1e-5));
        assertThat(Math.exp(vote[1])).isCloseTo(1.01 / 3.03, within(1e-5));
        assertThat(Math.exp(vote[2])).isCloseTo(0.01 / 3.03, within(1e-5));
    }

    @Test
    void ofEquallyManyVotesTheMoreAlikeRowsWin() {
        var vote = ROWS.vote(ASKED, 2, new int[] {0, 1, 0, 1}, 2);
        assertThat(vote[1]).isGreaterThan(vote[0]);
    }

    @Test
    void withoutRowsThereIsNothingToBeNear() {
        assertThatThrownBy(() -> new NearestRows(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
