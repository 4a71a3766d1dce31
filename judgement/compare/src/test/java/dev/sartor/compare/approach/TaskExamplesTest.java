package dev.sartor.compare.approach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Example;
import dev.sartor.project.ProjectFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskExamplesTest {
    @TempDir Path folder;

    private ProjectFolder project;

    @BeforeEach
    void makeData() {
        project = ProjectFolder.in(folder);
    }

    private TaskExamples read(String more) {
        return TaskExamples.read(
                project.read(ProjectFolder.TASK + more + "approaches: [zero-shot, tune]\n")
                        .tasks()
                        .getFirst());
    }

    @Test
    void theThreeFilesAreReadWithTheirDigests() {
        var data = read("");
        assertThat(data.train())
                .extracting(Example::reference)
                .containsExactly("billing", "repair");
        assertThat(data.digests()).containsOnlyKeys("train", "validation", "test");
        assertThat(data.digest("test").orElseThrow()).hasSize(64);
        assertThat(data.said()).isEmpty();
    }

    @Test
    void aTestRowThatAlsoStandsInTrainingRefusesAndNamesBoth() {
        project.rows("train.jsonl", "one bill", "billing", "Three  BILLS!", "billing");
        assertThatThrownBy(() -> read(""))
                .hasMessageContaining("test.jsonl:1: also stands in ")
                .hasMessageContaining(
                        "train.jsonl:2 (training), but for case, space and punctuation")
                .hasMessageContaining("leakage: drop-from-training")
                .hasMessageEndingWith("2 problems; nothing was started.");
    }

    @Test
    void theTrainingRowIsDroppedWhereTheTaskSaysSoAndThatIsSaid() {
        project.rows("train.jsonl", "one bill", "billing", "Three  BILLS!", "billing");
        var data = read("    leakage: drop-from-training\n");
        assertThat(data.train()).extracting(Example::text).containsExactly("one bill");
        assertThat(data.test()).hasSize(2);
        assertThat(data.said())
                .singleElement()
                .asString()
                .contains("1 of 2 training rows were dropped");
    }

    @Test
    void aTestRowThatNearlyStandsInTrainingIsRefusedWhereTheTaskSaysSo() {
        project.rows("train.jsonl", "My bill of last month is far too high, I think", "billing");
        project.rows("test.jsonl", "My bill of last month is far to high, I think.", "billing");

        assertThat(read("").test()).hasSize(1);
        assertThatThrownBy(() -> read("    leakage: near\n"))
                .hasMessageContaining("test.jsonl:1: stands nearly in ")
                .hasMessageContaining("train.jsonl:1 (training), 0.")
                .hasMessageContaining("leakage: refuse")
                .hasMessageEndingWith("2 problems; nothing was started.");
    }

    @Test
    void badRowsOfAllFilesAreNamedAtOnce() {
        project.rows("train.jsonl", "one bill", "biling");
        project.rows("test.jsonl", "three bills", "");
        assertThatThrownBy(() -> read(""))
                .hasMessageContaining("train.jsonl:1")
                .hasMessageContaining("test.jsonl:1")
                .hasMessageEndingWith("2 problems; nothing was started.");
    }

    @Test
    void repeatedRowsAreCountedAndThoseThatContradictNamed() {
        project.rows("train.jsonl", "a bill", "billing", "A bill.", "billing", "a  bill", "repair");
        assertThat(read("").said())
                .extracting(said -> said.replace(folder + "/", ""))
                .containsExactly(
                        "route, train: 1 row repeats an earlier one and 1 row contradicts an earlier one"
                                + " (train.jsonl:3 contradicts train.jsonl:1).");
    }

    @Test
    void ofRowsThatContradictTheFirstTenAreNamedAndTheRestCounted() {
        var rows = new ArrayList<String>(List.of("a bill", "billing"));
        for (int i = 0; i < 12; i++) {
            rows.addAll(List.of("A bill!", "repair"));
        }
        project.rows("train.jsonl", rows.toArray(String[]::new));
        assertThat(read("").said())
                .extracting(said -> said.replace(folder + "/", ""))
                .singleElement()
                .asString()
                .startsWith("route, train: 12 rows contradict an earlier one (train.jsonl:2 ")
                .contains("train.jsonl:11 contradicts train.jsonl:1, … and 2 more")
                .doesNotContain("train.jsonl:12");
    }
}
