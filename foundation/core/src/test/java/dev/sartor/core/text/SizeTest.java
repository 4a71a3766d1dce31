package dev.sartor.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizeTest {
    @Test
    void bytesAreCountedInPowersOfTwo() {
        assertThat(Size.mib(3 << 19)).isEqualTo("1.5 MiB");
        assertThat(Size.mib(2_000L << 20)).isEqualTo("2,000.0 MiB");
        assertThat(Size.gib(5L << 29)).isEqualTo("2.5 GiB");
    }

    @Test
    void whatIsCountedIsCountedInMillions() {
        assertThat(Size.millions(134_515_008)).isEqualTo("134.5 M");
        assertThat(Size.millions(0)).isEqualTo("0.0 M");
    }
}
