package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.approach.Desk;
import dev.sartor.tune.TooLong;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskTuningTest {
    @TempDir Path folder;

    private TaskTuning tuning(Desk desk, String yaml) {
        return new TaskTuning(desk.project(yaml), folder, desk.circumstances());
    }

    @Test
    void anAdapterThatWasTrainedAloneIsFoundByTheComparison() {
        var desk = new Desk(folder);
        var outcome = tuning(desk, Desk.PROJECT).run("route");
        assertThat(outcome.folder()).isDirectoryContaining("glob:**/training.json");
        assertThat(outcome.folder().resolve("recipe.json"))
                .content()
                .contains("\"train\" :", "\"seed\" :");
        assertThat(outcome.folder().resolve("README.md"))
                .content()
                .contains("license: apache-2.0", "library_name: peft", "SHA-256 of train");
        assertThat(outcome.adapter().validation()).containsEntry(1.0, 1.0);
        assertThat(desk.testQuestions()).isZero();
        desk.compare();
        assertThat(desk.engines.trainings).isEqualTo(2);
        var run = Runs.of(folder).find("route/tuned");
        assertThat(Runs.of(folder).adapter(run)).contains(outcome.folder());
    }

    @Test
    void aTaskThatIsNotTunedOrNotThereIsRefused() {
        var desk = new Desk(folder);
        assertThatThrownBy(() -> tuning(desk, Desk.PROJECT).run("rout"))
                .hasMessageContaining("there is no task 'rout'", "Did you mean 'route'?");
        var untuned = Desk.PROJECT.replace("retrieval, tune, tune+retrieval]", "retrieval]");
        assertThatThrownBy(() -> tuning(desk, untuned).run("route"))
                .hasMessageContaining("does not try the approach 'tune'");
    }

    @Test
    void aLabelThatNoTrainingExampleHasIsRefusedBeforeTraining() {
        var desk = new Desk(folder);
        var more = Desk.PROJECT.replace("repair, other]", "repair, other, lost, found]");
        assertThatThrownBy(() -> tuning(desk, more).run("route"))
                .hasMessageContaining("train.jsonl: every label must occur in what is learned from")
                .hasMessageContaining(
                        "'lost', 'found' do in none of the 30 examples of task 'route'")
                .hasMessageContaining("take them out of 'labels'");
        assertThatThrownBy(() -> desk.compare(more)).hasMessageContaining("'lost', 'found'");
        assertThat(desk.engines.trainings).isZero();
    }

    @Test
    void threeValidationExamplesAreShownAsTheModelIsAsked() {
        var desk = new Desk(folder);
        tuning(desk, Desk.PROJECT + "tune: {too_long: split, probe: route/test.jsonl}\n")
                .run("route");
        var care = desk.engines.request.orElseThrow().care();
        assertThat(care.samples()).hasSize(3);
        assertThat(care.samples().getFirst().input().getLast().content()).contains("case100");
        assertThat(care.tooLong()).contains(TooLong.SPLIT);
        assertThat(care.probe().orElseThrow()).endsWith(Path.of("route/test.jsonl"));
    }
}
