package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.verdict.SearchOutcome;
import dev.sartor.tune.trainer.SettingsSearch;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskSearchTest {
    private static final String SEARCHED =
            Desk.PROJECT
                    + """
                    tune:
                      search: {method: random, trials: 8, budget: 3, space: {learning_rate: {from: 1e-4, to: 1e-1, scale: log}, rank: [8, 16]}}
                    """;

    @TempDir Path folder;

    private TaskTuning tuning(Desk desk, String yaml) {
        return new TaskTuning(desk.project(yaml), folder, desk.circumstances());
    }

    private static SearchOutcome search(TaskTuning.Outcome outcome) {
        return outcome.search().orElseThrow();
    }

    private static SettingsSearch.Trial best(TaskTuning.Outcome outcome) {
        return search(outcome).result().bestTrial().orElseThrow();
    }

    @Test
    void theBestTrialIsTheTasksAdapterAndTheComparisonTakesIt() throws Exception {
        var desk = new Desk(folder);
        var outcome = tuning(desk, SEARCHED).run("route");
        var trials = search(outcome).result().trials();
        assertThat(trials).hasSize(8);
        var highest =
                trials.stream()
                        .filter(trial -> trial.failed().isEmpty())
                        .mapToDouble(TaskSearchTest::rate)
                        .max()
                        .orElseThrow();
        assertThat(rate(best(outcome))).isEqualTo(highest);
        assertThat(outcome.folder()).isDirectoryContaining("glob:**/known.safetensors");
        assertThat(outcome.folder().resolve("recipe.json"))
                .content()
                .contains("\"rank\" : " + best(outcome).settings().get("rank"))
                .doesNotContain("search");
        int trained = desk.engines.trainings;
        desk.compare(SEARCHED);
        assertThat(desk.engines.trainings)
                .as("the task `answer` is searched; this one is not trained again")
                .isEqualTo(trained + 2);
        var run = Runs.of(folder).find("route/tuned");
        assertThat(Runs.of(folder).adapter(run)).contains(outcome.folder());
        try (var candidate =
                Candidate.open(desk.project(SEARCHED), folder, run, desk.circumstances())) {
            assertThat(candidate.responder()).isNotNull();
        }
    }

    private static double rate(SettingsSearch.Trial trial) {
        return Double.parseDouble(String.valueOf(trial.settings().get("learning_rate")));
    }

    @Test
    void pastedIntoTheFileTheBestSettingsAreTheSameTraining() {
        var desk = new Desk(folder);
        var found = tuning(desk, SEARCHED).run("route");
        int trained = desk.engines.trainings;
        var pasted = Desk.PROJECT + search(found).yaml().orElseThrow() + "\n";
        assertThat(tuning(desk, pasted).run("route").folder()).isEqualTo(found.folder());
        assertThat(desk.engines.trainings).isEqualTo(trained);
    }

    @Test
    void thePageShowsEveryTrialAndTheBestSettings() throws Exception {
        var desk = new Desk(folder);
        var outcome = tuning(desk, SEARCHED).run("route");
        var page = Files.readString(outcome.folder().resolve("search.html"));
        assertThat(page)
                .contains("id=\"rungs\"", "id=\"settings\"", "Content-Security-Policy")
                .contains(
                        "after 100 %",
                        "learning_rate: " + best(outcome).settings().get("learning_rate"))
                .contains("\"axes\":[{\"name\":\"learning_rate (log)\"");
        assertThat(search(outcome).folder().resolve("search.html")).hasContent(page);
        for (var row : search(outcome).rows()) {
            assertThat(page).contains("<td class=\"n\">" + row.settings().getFirst() + "</td>");
        }
    }

    @Test
    void aSearchThatWasStoppedIsToldOfAndGoesOn() {
        var desk = new Desk(folder);
        var before = tuning(desk, SEARCHED).explain("route");
        assertThat(before.search().orElseThrow().result().trials()).isEmpty();
        assertThat(before.isTrained()).isFalse();
        desk.engines.stopAfter = desk.engines.asked.size();
        desk.engines.cancellation.ask();
        assertThatThrownBy(() -> tuning(desk, SEARCHED).run("route")).hasMessage("stopped");
        var other = new Desk(folder);
        var outcome = tuning(other, SEARCHED).run("route");
        var after = tuning(other, SEARCHED).explain("route");
        assertThat(after.isTrained()).isTrue();
        assertThat(after.search().orElseThrow().result().best()).isEqualTo(best(outcome).trial());
        assertThat(after.request().settings().steps().learningRate()).contains(rate(best(outcome)));
    }

    @Test
    void otherDataIsAnotherSearch() {
        var desk = new Desk(folder);
        var one = search(tuning(desk, SEARCHED).run("route")).folder();
        var other = SEARCHED.replace("Say which team", "Name the team");
        assertThat(search(tuning(desk, other).run("route")).folder()).isNotEqualTo(one);
    }

    private static String choosing(String models) {
        return Desk.PROJECT.replace("zero-shot, few-shot, retrieval, tune,", "zero-shot, tune,")
                + "tune: {search: {models: "
                + models
                + "}}\n";
    }

    @Test
    void ofModelsThatDoAsWellTheSmallestIsTakenAndItsRunsSayWhich() {
        var desk = new Desk(folder);
        var yaml = choosing("[large, small, other]");
        var outcome = tuning(desk, yaml).run("route");
        assertThat(outcome.models())
                .extracting(each -> each.model() + " " + each.isChosen())
                .containsExactly("large false", "small true", "other false");
        assertThat(outcome.folder().resolve("recipe.json"))
                .content()
                .contains("\"model\" : \"small\"");
        int trained = desk.engines.trainings;
        desk.compare(yaml);
        assertThat(desk.engines.trainings).as("the other task's three").isEqualTo(trained + 3);
        var run = Runs.of(folder).find("route/tuned");
        assertThat(run.recipe().model()).isEqualTo("small");
        assertThat(Runs.of(folder).adapter(run)).contains(outcome.folder());
        assertThat(Runs.of(folder).find("route/zero-shot").recipe().model())
                .isEqualTo(desk.project(yaml).model());
        Candidate.open(desk.project(yaml), folder, run, desk.circumstances()).close();
    }

    @Test
    void aSmallModelThatDoesWorseIsNotTaken() {
        var models =
                tuning(new Desk(folder), choosing("[small-weak, large]")).run("route").models();
        assertThat(models)
                .extracting(each -> each.model() + " " + each.isGoodEnough())
                .containsExactly("small-weak false", "large true");
        assertThat(models.getFirst().high()).isNegative();
        assertThat(models.getLast().isChosen()).isTrue();
    }

    @Test
    void eachModelIsSearchedByItself() {
        var desk = new Desk(folder);
        var yaml = SEARCHED.replace("method: random", "models: [large, small], method: random");
        var outcome = tuning(desk, yaml).run("route");
        assertThat(outcome.models()).allMatch(each -> each.settings().isPresent());
        assertThat(search(outcome).result().trials()).hasSize(8);
        assertThat(tuning(desk, yaml).explain("route").models()).containsExactly("large", "small");
    }
}
