package dev.sartor.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.SmallProject;
import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    private final Screen screen = Screen.file();

    @Test
    void beforeAnythingIsLabelledItSaysHowManyExamplesAMarginTakes() {
        assertThat(screen.sartor("plan", "--margin", "0.05")).isZero();
        assertThat(screen.results())
                .contains("a margin of 5 points, 2 candidates, a power of 80 %")
                .containsPattern("20 % +628\n");
    }

    @Test
    void moreCandidatesTakeMoreExamples() {
        assertThat(screen.sartor("plan", "--margin", "0.05", "--candidates", "8", "--json"))
                .isZero();
        var sizes = Json.mapper().readTree(screen.results()).get(0).get("sizes");
        assertThat(sizes.get(2).get("disagreement").asDouble()).isEqualTo(0.2);
        // z of 1 − 0.05 ÷ 7 is 2.450, of 80 % power 0.842: 0.2 · (3.292 / 0.05)² = 867.
        assertThat(sizes.get(2).get("needed").asInt()).isEqualTo(867);
    }

    @Test
    void aProjectWithoutAComparisonIsPlannedByItsMargin(@TempDir Path folder) {
        var project = new SmallProject(folder);
        assertThat(project.sartor("plan")).isZero();
        assertThat(project.screen.results()).contains("route: a margin of 50 points");
    }

    @Test
    void whatCannotBePlannedIsRefusedWithTheNextStep(@TempDir Path folder) {
        assertThat(screen.sartor("plan", "--project", folder.toString())).isEqualTo(2);
        assertThat(screen.remarks()).contains("there is no sartor.yaml in", "--margin 0.05");
        var project = new SmallProject(folder.resolve("small"));
        assertThat(project.sartor("plan", "--task", "rout")).isEqualTo(2);
        assertThat(project.screen.remarks()).contains("there is no task 'rout'.", "route");
        assertThat(screen.sartor("plan", "--margin", "2")).isEqualTo(2);
        assertThat(screen.remarks()).contains("margin must be more than 0, at most 1");
    }
}
