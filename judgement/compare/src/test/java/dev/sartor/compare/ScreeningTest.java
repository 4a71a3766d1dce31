package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.TaskExamples;
import dev.sartor.compare.run.Choice;
import dev.sartor.project.setting.ApproachName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the error of a race is divided over.
class ScreeningTest {
    @TempDir Path folder;

    private Planned planned(String approach) {
        var project = new Desk(folder).project(Desk.PROJECT);
        var task = project.task("answer").orElseThrow();
        return new Planned(
                project,
                task,
                TaskExamples.read(task),
                ApproachName.of(approach),
                Optional.empty());
    }

    private List<Choice> ways(String approach) {
        return Screening.ways(planned(approach));
    }

    @Test
    void eachNumberOfExamplesBesideEachNumberOfPassagesInEachOrderIsAWay() {
        assertThat(ways("few-shot")).hasSize(2);
        assertThat(ways("retrieval")).hasSize(4);
        var both = ways("few-shot+retrieval");
        assertThat(both).hasSize(8).doesNotHaveDuplicates();
        assertThat(both)
                .extracting(each -> each.shown().examples().orElseThrow())
                .containsOnly(1, 4);
        var first = Screening.usual(planned("few-shot+retrieval"), 2);
        assertThat(both).contains(first);
        assertThat(first.shown().examples()).contains(1);
    }
}
