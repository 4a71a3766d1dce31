package dev.sartor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import dev.sartor.cli.models.ModelsTokenizeCommandTest;
import dev.sartor.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sartor bench` finds its commands where the benchmarks are on the class path.
class BenchCommandsTest {
    @TempDir Path folder;

    private final Screen screen = Screen.file();

    @Test
    void theHelpListsEveryBenchmark() {
        assertThat(screen.sartor("bench", "--help")).isZero();
        assertThat(screen.results().lines().map(String::strip).toList())
                .anyMatch(line -> line.startsWith("vectors "))
                .anyMatch(line -> line.startsWith("weights "))
                .anyMatch(line -> line.startsWith("machine "));
    }

    @Test
    void theSpeedOfATokenizerIsMeasuredBothWays() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), ModelsTokenizeCommandTest.TOKENIZER);
        var text = Files.writeString(folder.resolve("text.txt"), "my bikes my bike");
        assertThat(
                        screen.sartor(
                                "bench",
                                "tokenize",
                                "--model",
                                folder.toString(),
                                "--text",
                                text.toString(),
                                "--seconds",
                                "0.01",
                                "--json"))
                .isZero();
        var json = Json.mapper().readTree(screen.results());
        assertThat(json.get("tokens").intValue()).isEqualTo(6);
        assertThat(json.get("bytes").intValue()).isEqualTo(16);
        assertThat(json.get("encode_tokens_per_second").longValue()).isPositive();
        assertThat(json.get("decode_tokens_per_second").longValue()).isPositive();
    }
}
