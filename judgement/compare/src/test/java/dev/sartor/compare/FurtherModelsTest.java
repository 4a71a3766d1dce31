package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.approach.ProjectCheck;
import dev.sartor.compare.approach.Provenance;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several models in one comparison.
class FurtherModelsTest {
    private static final String PROJECT =
            Desk.PROJECT
                    .replaceFirst(
                            "approaches: .*",
                            "models: [maker/small-one, forgetful]\napproaches: [nearest, zero-shot, tune]")
                    .replaceAll("(?s)  - name: answer.*", "");

    @TempDir Path folder;
    private Desk desk;

    @BeforeEach
    void project() {
        desk = new Desk(folder);
    }

    @Test
    void eachApproachWithAModelIsTriedOnEachModelAndNamedByIt() {
        var route = desk.compare(PROJECT).tasks().getFirst();
        assertThat(route.candidates())
                .extracting(each -> each.name())
                .containsExactly(
                        "nearest",
                        "zero-shot",
                        "tuned",
                        "small-one zero-shot",
                        "small-one tuned",
                        "forgetful zero-shot",
                        "forgetful tuned");
        assertThat(desk.engines.trainings).as("one for each model").isEqualTo(3);
        assertThat(route.candidate("small-one tuned").run().recipe().model())
                .isEqualTo("maker/small-one");
        assertThat(route.candidate("small-one tuned").run().id())
                .startsWith("route-small-one-tuned-");
        assertThat(route.candidate("forgetful tuned").score().value())
                .as("it keeps two of the examples that it is trained on")
                .isLessThan(route.candidate("small-one tuned").score().value());
    }

    @Test
    void aRunOnAFurtherModelIsFoundAgainServedAndRecordedWithItsModel() {
        desk.compare(PROJECT);
        var trainings = desk.engines.trainings;
        desk.compare(PROJECT);
        assertThat(desk.engines.trainings).isEqualTo(trainings);
        var run = Runs.of(folder).find("route/small-one tuned");
        try (var candidate =
                Candidate.open(desk.project(PROJECT), folder, run, desk.circumstances())) {
            assertThat(candidate.run().recipe().model()).isEqualTo("maker/small-one");
        }
        var settings =
                Provenance.read(folder.resolve("runs").resolve(run.id())).orElseThrow().settings();
        assertThat(settings).containsEntry("model", "maker/small-one");
        var own = Runs.of(folder).find("route/tuned");
        assertThat(
                        Provenance.read(folder.resolve("runs").resolve(own.id()))
                                .orElseThrow()
                                .settings())
                .as("a run on the project's model does not change with what others are tried on")
                .doesNotContainKey("models");
    }

    @Test
    void allOfThemAreAmongWhatAComparisonOpens() {
        assertThat(ProjectCheck.models(desk.project(PROJECT)))
                .containsEntry("models (maker/small-one)", "maker/small-one")
                .containsEntry("models (forgetful)", "forgetful");
    }

    @Test
    void modelsWhoseCandidatesWouldBeCalledAlikeAreRefused() {
        assertThatThrownBy(() -> desk.project(PROJECT.replace("forgetful]", "other/small-one]")))
                .hasMessageContaining(
                        "the last parts of the names of model, models and remotes must differ, as candidates"
                                + " are called by them; got [smollm2-135m-instruct, small-one, small-one].");
    }
}
