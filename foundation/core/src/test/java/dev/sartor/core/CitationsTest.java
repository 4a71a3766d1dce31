package dev.sartor.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CitationsTest {
    @Test
    void citationsAreTakenOutOfTheTextAndListedOnce() {
        assertThat(Citations.in("Ten euros [2], monthly [1; 2].", 3))
                .isEqualTo(new Citations("Ten euros, monthly.", List.of(2, 1)));
        assertThat(Citations.in("[1]", 1)).isEqualTo(new Citations("", List.of(1)));
    }

    @Test
    void bracketsThatNameNoPassageAreText() {
        for (var text : List.of("a[3] = 1", "[0]", "in [1912]", "[x]", "a[1, 9]")) {
            assertThat(Citations.in(text, 2)).isEqualTo(new Citations(text, List.of()));
        }
        assertThat(Citations.in("see [1]", 0).text()).isEqualTo("see [1]");
    }

    @Test
    void aNumberByItselfThatNamesNoPassageWasMadeUp() {
        assertThat(Citations.in("[2] 1970s", 1)).isEqualTo(new Citations(" 1970s", List.of(2)));
        assertThat(Citations.in("Ten [1, 9].", 2)).isEqualTo(new Citations("Ten.", List.of(1, 9)));
    }

    @Test
    void theLastPassageAndTheHighestNumberAreCitationsStill() {
        assertThat(Citations.in("Ten[2].", 2)).isEqualTo(new Citations("Ten.", List.of(2)));
        assertThat(Citations.in("Ten [99].", 1)).isEqualTo(new Citations("Ten.", List.of(99)));
        assertThat(Citations.in("Ten [0].", 1)).isEqualTo(new Citations("Ten [0].", List.of()));
    }
}
