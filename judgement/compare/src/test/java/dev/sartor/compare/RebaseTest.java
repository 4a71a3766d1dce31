package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.approach.NeighbourEngines;
import dev.sartor.compare.run.Trial;
import dev.sartor.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebaseTest {
    @TempDir Path folder;

    private Desk desk = new Desk(Path.of("target", "unused"));

    @BeforeEach
    void aComparedProject() {
        desk = new Desk(folder);
        desk.compare();
    }

    private Rebase.Outcome rebase(String name, String model, boolean anyway) {
        var recorded = Recorded.find(folder, name).getFirst();
        var project = Rebase.project(recorded, model);
        return Rebase.of(recorded, project, desk.circumstances()).run(Trial.COSTS, anyway);
    }

    @Test
    void theSameRowsShowWhatTheNewModelChanges() {
        var outcome = rebase("route/tuned", NeighbourEngines.FORGETFUL, false);
        var comparison = outcome.difference().comparison();
        double less =
                outcome.now().measured().score().value() - outcome.old().measured().score().value();
        assertThat(less).isNegative();
        assertThat(comparison.difference()).isEqualTo(less);
        assertThat(comparison.low()).isLessThan(less);
        assertThat(comparison.high()).isBetween(less, 0.0);
        assertThat(outcome.now().run().recipe().model()).isEqualTo(NeighbourEngines.FORGETFUL);
        assertThat(outcome.now().base().model()).isEqualTo(NeighbourEngines.FORGETFUL);
        assertThat(outcome.now().run().recipe().settings())
                .isEqualTo(outcome.old().run().recipe().settings());
        assertThat(outcome.now().perThousand()).isPositive();
    }

    @Test
    void theOldRunStaysAndIsTheOneThatItsNameMeans() {
        var runs = Runs.of(folder);
        var old = runs.find("route/tuned");
        var now = rebase("route/tuned", NeighbourEngines.FORGETFUL, false).now().run();
        assertThat(runs.find("route/tuned")).isEqualTo(old);
        assertThat(runs.find(now.id())).isEqualTo(now);
        assertThat(runs.rebasedFrom(now)).contains(old.id());
    }

    @Test
    void aComparisonOnTheNewModelFindsWhatIsFinished() {
        var now = rebase("route/tuned", NeighbourEngines.FORGETFUL, false).now().run();
        int trainings = desk.engines.trainings;
        desk.compare("model: " + NeighbourEngines.FORGETFUL + "\n" + Desk.PROJECT);
        assertThat(desk.engines.trainings).as("of the other task alone").isEqualTo(trainings + 1);
        assertThat(Runs.of(folder).find("route/tuned")).isEqualTo(now);
        assertThat(Runs.of(folder).rebasedFrom(now)).isEmpty();
    }

    @Test
    void whatElseChangedIsNamedAndOtherTestRowsAreNeverTaken() throws IOException {
        append(
                "route/train.jsonl",
                "{\"id\": \"x\", \"text\": \"brake\", \"label\": \"repair\"}\n");
        assertThatThrownBy(() -> rebase("route/tuned", "larger", false))
                .hasMessageContaining("a rebase changes the model alone")
                .hasMessageContaining("route/train.jsonl (train) was changed");
        assertThat(rebase("route/tuned", "larger", true).said()).hasSize(1);
        append(
                "route/test.jsonl",
                "{\"id\": \"y\", \"text\": \"squeal\", \"label\": \"repair\"}\n");
        assertThatThrownBy(() -> rebase("route/tuned", "larger", true))
                .hasMessageContaining("the test examples are others")
                .hasMessageContaining("route/test.jsonl (test) was changed");
    }

    private void append(String file, String row) throws IOException {
        var path = folder.resolve(file);
        AtomicFile.write(path, Files.readString(path) + row);
    }

    @Test
    void whatHasNoModelToChangeIsRefused() {
        var adapter = Runs.of(folder).adapter(Runs.of(folder).find("route/tuned")).orElseThrow();
        assertThatThrownBy(() -> rebase(String.valueOf(adapter.getFileName()), "larger", false))
                .hasMessageContaining("nothing to compare a new model with");
        assertThatThrownBy(() -> rebase("route/tuned", "smollm2-135m-instruct", false))
                .hasMessageContaining("--model must be another model")
                .hasMessageContaining("sartor runs repeat");
    }
}
