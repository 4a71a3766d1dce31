package dev.sartor.promptsearch.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void twiceTheMeanOfTheLastCallsAndTheSlowestIsReserved() {
        var pace = new Pace();
        pace.took(10, 1, 100); // warms up
        pace.took(100, 2, 1);
        pace.took(100, 2, 3);
        assertThat(pace.most(100, 2)).isCloseTo(7, within(1e-9));
        assertThat(pace.most(1000, 2)).isCloseTo(43, within(1e-9));
        assertThat(pace.most(10, 4)).isCloseTo(11, within(1e-9));
    }

    @Test
    void whatIsLongAgoIsForgotten() {
        var pace = new Pace();
        pace.took(10, 1, 100);
        pace.took(100, 2, 50);
        for (int i = 0; i < 16; i++) {
            pace.took(100, 2, 1);
        }
        assertThat(pace.most(100, 2)).isCloseTo(3, within(1e-9));
    }
}
