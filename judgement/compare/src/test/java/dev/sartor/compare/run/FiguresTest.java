package dev.sartor.compare.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.00203, 0.0020",
        "0.5, 0.50",
        "0.0996, 0.10",
        "1.005, 1.00",
        "1234.5, 1234.50"
    })
    void moneyHasTwoDecimalsOrTwoDigits(double amount, String written) {
        assertThat(Figures.money(amount)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"0.0001, 0", "0.0123, 0.012", "3.456, 3.46", "34.56, 34.6", "345.6, 346"})
    void secondsHaveMoreDecimalsTheShorterTheyAre(double seconds, String written) {
        assertThat(Figures.seconds(seconds)).isEqualTo(written);
    }

    @Test
    void differencesHaveASignAndMarginsHaveNone() {
        assertThat(Figures.points(-0.0123)).isEqualTo("−1.2");
        assertThat(Figures.points(0.03)).isEqualTo("+3.0");
        assertThat(Figures.plainPoints(0.08)).isEqualTo("8");
        assertThat(Figures.plainPoints(0.025)).isEqualTo("2.5");
        assertThat(Figures.percent(0.0363)).isEqualTo("3.6 %");
        assertThat(Figures.p(0.0004)).isEqualTo("< 0.001");
        assertThat(Figures.volume(123_456)).isEqualTo("120,000");
    }
}
