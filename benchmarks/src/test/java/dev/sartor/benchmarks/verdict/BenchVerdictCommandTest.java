package dev.sartor.benchmarks.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchVerdictCommandTest {
    private final Screen screen = Screen.file();

    @Test
    void coverageAndWrongShipsAreThoseThatTheIntervalsPromise() {
        assertThat(
                        screen.sartor(
                                "bench",
                                "verdict",
                                "--tasks",
                                "150",
                                "--examples",
                                "250",
                                "--candidates",
                                "2,6",
                                "--json"))
                .isZero();
        var cells = Json.mapper().readTree(screen.results()).get("cells");
        assertThat(cells.size()).isEqualTo(2);
        for (var cell : cells) {
            assertThat(cell.get("coverage").asDouble()).isBetween(0.92, 0.98);
            assertThat(cell.get("wrong_ship").asDouble()).isLessThan(0.1);
        }
        assertThat(cells.get(1).get("plain_wrong").asDouble())
                .as("six candidates by plain 95 % intervals")
                .isGreaterThan(cells.get(1).get("wrong_ship").asDouble());
    }

    @Test
    void aRaceDropsWhoIsFarBehindAndKeepsTheBest() {
        var best = new LinkedHashMap<String, Double>();
        var close = new LinkedHashMap<String, Double>();
        var far = new LinkedHashMap<String, Double>();
        for (int i = 0; i < 1000; i++) {
            best.put("q" + i, i % 10 < 8 ? 1.0 : 0.0);
            close.put("q" + i, i % 10 < 7 ? 1.0 : 0.0);
            far.put("q" + i, i % 10 < 2 ? 1.0 : 0.0);
        }
        var bench =
                new RacingBench(
                        List.of(runner("best", best), runner("close", close), runner("far", far)),
                        0.08);
        var result = bench.run(50, 200, 1);
        assertThat(result.lost()).isZero();
        assertThat(result.bestDropped()).isZero();
        assertThat(result.kept()).as("far is dropped, close is not").isBetween(1.9, 2.1);
        assertThat(result.answered()).isLessThan(0.85);
    }

    private static RacingBench.Runner runner(String name, Map<String, Double> scores) {
        return new RacingBench.Runner(name, scores);
    }
}
