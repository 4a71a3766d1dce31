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
        for (var text : List.of("a[3] = 1", "[0]", "in [1912]", "[1, 9]", "[x]")) {
            assertThat(Citations.in(text, 2)).isEqualTo(new Citations(text, List.of()));
        }
        assertThat(Citations.in("see [1]", 0).text()).isEqualTo("see [1]");
    }
}
