package dev.sartor.promptsearch.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void twiceTheSlowestOfTheLastCallsIsReserved() {
        var pace = new Pace();
        pace.took(10, 1, 100); // warms up
        pace.took(100, 2, 1);
        pace.took(100, 2, 3);
        assertThat(pace.most(100, 2)).isCloseTo(6, within(1e-9));
        assertThat(pace.most(1000, 2)).isCloseTo(60, within(1e-9));
        assertThat(pace.most(10, 4)).isCloseTo(12, within(1e-9));
    }

    @Test
    void whatIsLongAgoIsForgotten() {
        var pace = new Pace();
        pace.took(10, 1, 100);
        pace.took(100, 2, 50);
        for (int i = 0; i < 8; i++) {
            pace.took(100, 2, 1);
        }
        assertThat(pace.most(100, 2)).isCloseTo(2, within(1e-9));
    }
}
