package dev.sartor.worth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AmountTest {
    @Test
    void moneyHasTheDigitsThatMatter() {
        assertThat(Amount.money(1234.5)).isEqualTo("1,234");
        assertThat(Amount.money(-1235.5)).isEqualTo("−1,236");
        assertThat(Amount.money(12.345)).isEqualTo("12.35");
        assertThat(Amount.money(-0.0123)).isEqualTo("−0.012");
        assertThat(Amount.money(0)).isEqualTo("0");
        assertThat(Amount.signed(380)).isEqualTo("+380.00");
        assertThat(Amount.signed(-1)).isEqualTo("−1.00");
    }

    @Test
    void inputsHaveFourDigits() {
        assertThat(Amount.plain(10_000)).isEqualTo("10,000");
        assertThat(Amount.plain(0.123456)).isEqualTo("0.1235");
        assertThat(Amount.plain(-0.02)).isEqualTo("−0.02");
        assertThat(Amount.plain(100)).isEqualTo("100");
    }

    @Test
    void whatIsPaidAtOnceSaysSo() {
        assertThat(Amount.months(0)).isEqualTo("at once");
        assertThat(Amount.months(2.63)).isEqualTo("2.6 months");
    }
}
