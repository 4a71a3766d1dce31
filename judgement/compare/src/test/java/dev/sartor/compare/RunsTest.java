package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.verdict.ComparisonResult;
import dev.sartor.core.file.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {
    @TempDir Path folder;

    private Runs runs;
    private ComparisonResult result;

    @BeforeEach
    void compare() {
        result = new Desk(folder).compare();
        runs = Runs.of(folder);
    }

    @Test
    void everyCandidateIsARunThatIsReadBackAsItWas() {
        assertThat(runs.list()).hasSize(10);
        var measured = result.tasks().getFirst().candidate("few-shot");
        var run = runs.find("route/few-shot");
        assertThat(run).isEqualTo(measured.run());
        assertThat(runs.answers(run)).isEqualTo(measured.answers());
        assertThat(run.digests())
                .containsKeys("train", "validation", "test", "model", "embedder", "prompt");
        assertThat(run.mayCall().isEveryone()).isTrue();
    }

    @Test
    void aRunIsFoundByTheBeginningOfItsId() {
        var run = runs.find("route/tuned");
        assertThat(runs.find(run.id())).isEqualTo(run);
        assertThat(runs.find("route-zero")).isEqualTo(runs.find("route/zero-shot"));
    }

    @Test
    void anAmbiguousOrUnknownNameIsRefused() {
        assertThatThrownBy(() -> runs.find("route-"))
                .hasMessageContaining("begins the names of 5 runs");
        assertThatThrownBy(() -> runs.find("route/few-shoot"))
                .hasMessageContaining(
                        "there is no run 'route/few-shoot'. Did you mean 'route/few-shot'?");
    }

    @Test
    void twoRunsCompareOnTheirAnswers() {
        var task = result.tasks().getFirst();
        var pair =
                runs.compare(runs.find("route/tuned"), runs.find("route/zero-shot"), task.task());
        assertThat(pair.comparison().difference()).isEqualTo(1 - 1 / 3.0);
        assertThat(pair.comparison().onlyA()).isEqualTo(60);
    }

    @Test
    void anAdapterGoesWithTheLastRunThatWearsIt() {
        var tuned = runs.find("route/tuned");
        var adapter = runs.adapter(tuned).orElseThrow();
        runs.remove(tuned);
        assertThat(adapter).exists();
        runs.remove(runs.find("route/tuned+retrieval"));
        assertThat(adapter).doesNotExist();
        assertThat(runs.list()).hasSize(8);
    }

    @Test
    void theNewestComparisonSaysWhatToServe() {
        assertThat(runs.chosen("answer").map(Run::candidate))
                .contains(result.tasks().getLast().verdict().candidate());
        assertThat(runs.chosen("unknown")).isEmpty();
        assertThat(Runs.of(folder.resolve("elsewhere")).chosen("answer")).isEmpty();
    }

    @Test
    void aDamagedRunSaysWhatToDo() {
        var file =
                folder.resolve("runs").resolve(runs.find("route/tuned").id()).resolve("run.json");
        AtomicFile.write(file, "{\"id\": ");
        assertThatThrownBy(runs::list)
                .hasMessageContaining("run.json is damaged")
                .hasMessageContaining("Remove its folder");
        assertThat(Files.exists(file)).isTrue();
    }
}
