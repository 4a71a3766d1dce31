package dev.sartor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import org.junit.jupiter.api.Test;

class BenchMachineCommandTest {
    private final Screen screen = Screen.file();

    @Test
    void theMachinesSpeedIsOnePositiveNumber() {
        assertThat(screen.sartor("bench", "machine", "--json")).isZero();
        var said = Json.mapper().readTree(screen.results());
        assertThat(said.get("bf16_gflops").asDouble()).isPositive();
        assertThat(said.size()).isEqualTo(1);
    }

    @Test
    void aPersonReadsItsUnit() {
        assertThat(screen.sartor("bench", "machine")).isZero();
        assertThat(screen.results()).matches("\\d+ GFLOP/s in bf16\n");
    }
}
