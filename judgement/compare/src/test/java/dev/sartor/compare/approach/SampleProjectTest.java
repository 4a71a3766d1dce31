package dev.sartor.compare.approach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.project.ProjectFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SampleProjectTest {
    private static final Path SAMPLE = Path.of("..", "..", "samples", "helpdesk");

    @Test
    void theSampleProjectIsWithoutProblems() {
        var project = ProjectFile.read(SAMPLE);
        assertThat(project.taskNames()).containsExactly("route", "answer");
        var check = ProjectCheck.of(project);
        assertThat(check.problems()).isEmpty();
        assertThat(check.tasks())
                .extracting(ProjectCheck.TaskCheck::test)
                .containsExactly(250, 120);
        assertThat(check.tasks().getFirst().said()).isEmpty();
    }
}
