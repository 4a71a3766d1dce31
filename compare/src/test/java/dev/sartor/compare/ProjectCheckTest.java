package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.AtomicFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectCheckTest {
    @TempDir Path folder;

    @Test
    void rowsAreCountedAndASmallTestSetIsSaid() {
        var check = ProjectCheck.of(new Desk(folder).project(Desk.PROJECT));
        assertThat(check.isWell()).isTrue();
        var route = check.tasks().getFirst();
        assertThat(route.train()).isEqualTo(30);
        assertThat(route.validation()).isEqualTo(12);
        assertThat(route.test()).isEqualTo(90);
        assertThat(route.said())
                .containsExactly(
                        "route: 90 test examples can hardly show that one candidate is at most 8 points worse than"
                                + " another; about 246 would be enough, or a larger margin.");
    }

    @Test
    void badRowsAndLeaksOfAllTasksAreListed() {
        var project = new Desk(folder).project(Desk.PROJECT);
        AtomicFile.write(
                folder.resolve("route/train.jsonl"),
                "{\"text\": \"case200 about my hours\", \"label\": \"other\"}\n");
        AtomicFile.write(folder.resolve("answer/train.jsonl"), "[]\n");
        var check = ProjectCheck.of(project);
        assertThat(check.isWell()).isFalse();
        assertThat(String.join("\n", check.problems()))
                .contains("route/test.jsonl:1: also stands in", "answer/train.jsonl");
    }
}
