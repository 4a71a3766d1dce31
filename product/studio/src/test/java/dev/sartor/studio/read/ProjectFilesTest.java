package dev.sartor.studio.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that are not as they should be.
class ProjectFilesTest {
    private static final String STEP =
            "{\"kind\":\"step\",\"step\":%d,\"loss\":1.5,\"gradient_norm\":1,\"learning_rate\":0.1}\n";

    @TempDir Path folder;

    @Test
    void aRunThatCannotBeReadIsCounted() {
        AtomicFile.write(folder.resolve("runs/route-linear-12345678/run.json"), "{");
        var runs = new ProjectRuns(folder);
        assertThat(runs.finished()).isEmpty();
        assertThat(runs.unreadable()).isEqualTo(1);
    }

    @Test
    void aLineOfATrainingThatIsStillBeingWrittenIsLeftOut() {
        var log = folder.resolve("training.jsonl");
        AtomicFile.write(log, STEP.formatted(1) + STEP.formatted(2) + "{\"kind\":\"st");
        assertThat(TrainingCourse.read(log).steps()).hasSize(2);
    }

    @Test
    void aDamagedLineInTheMidstIsNamed() {
        var log = folder.resolve("training.jsonl");
        AtomicFile.write(log, STEP.formatted(1) + "{\"kind\":\"st\n" + STEP.formatted(3));
        assertThatThrownBy(() -> TrainingCourse.read(log))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("training.jsonl has a line that is no JSON");
    }
}
