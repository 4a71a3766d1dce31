package dev.sartor.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.cli.SmallProject;
import dev.sartor.compare.Runs;
import dev.sartor.compare.run.Machine;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.RunJson;
import dev.sartor.core.Json;
import dev.sartor.project.setting.ApproachName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class WorthCommandTest {
    private static final String VALUE =
            """
            value: {per_right: 1, per_wrong: 2, people_accuracy: 0.9}
            costs: {machine_hour: 0, volume_per_month: 1000, person_per_answer: 0.5}
            """;

    @TempDir Path folder;

    private SmallProject project = new SmallProject(Path.of("target", "unused"));

    /// Ten test examples: zero-shot has the first two right, tuned the first eight.
    @BeforeEach
    void comparedProject() {
        project = new SmallProject(folder);
        project.write("sartor.yaml", SmallProject.FILE + VALUE);
        run("zero-shot", 2);
        run("tuned", 8);
        project.write(
                "runs/comparison.json",
                """
                {"project": "desk", "total_seconds": 1, "estimated_seconds": null, "machine": %s, "tasks": [{
                  "name": "route", "metric": "accuracy", "test_rows": 10, "target": null, "margin": 0.5,
                  "candidates": [%s, %s], "pairs": [], "said": [],
                  "verdict": {"kind": "ship", "candidate": "tuned", "why": "", "crossings": [], "needed": null}}]}
                """
                        .formatted(
                                RunJson.line(Machine.here(0)),
                                measured("zero-shot"),
                                measured("tuned")));
    }

    private static String measured(String candidate) {
        return """
        {"name": "%s", "run": "route-%s-12345678", "score": 0.5, "low": 0, "high": 1, "seconds_per_answer": 0.5,
         "prompt_tokens": 100, "completion_tokens": 1, "setup_seconds": 60, "cost_per_1000": 0, "adapter_share": 0,
         "chosen": 0, "also": {}, "good_enough": true}
        """
                .formatted(candidate, candidate);
    }

    private void run(String candidate, int right) {
        var id = "route-" + candidate + "-12345678";
        var run =
                new Run(
                        id,
                        "12345678",
                        new Run.Recipe(
                                "route",
                                candidate,
                                ApproachName.of(candidate.equals("tuned") ? "tune" : candidate),
                                "smollm2-135m-instruct",
                                1,
                                List.of(),
                                Map.of()),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        new Run.Setup(
                                0,
                                Map.of(),
                                60,
                                50,
                                0,
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        Optional.empty(),
                        Machine.here(0),
                        "0.1.0",
                        Instant.parse("2026-03-01T12:00:00Z"),
                        Set.of(),
                        Set.of());
        var answers = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            answers.append(
                    """
                    {"id":"q%d","question":"?","references":["repair"],"answer":"%s","free_text":null,"score":%d,\
                    "passages":[],"prompt_tokens":100,"cached_tokens":0,"completion_tokens":1,"seconds":0.5}
                    """
                            .formatted(i, i < right ? "repair" : "billing", i < right ? 1 : 0));
        }
        project.write("runs/" + id + "/answers.jsonl", answers.toString());
        project.write("runs/" + id + "/run.json", Runs.json(run));
    }

    private JsonNode json(String... more) {
        var args = new ArrayList<>(List.of("worth", "--json"));
        args.addAll(List.of(more));
        int before = project.screen.results().length();
        assertThat(project.sartor(args.toArray(String[]::new)))
                .as(project.screen.remarks())
                .isZero();
        return Json.mapper().readTree(project.screen.results().substring(before)).get(0);
    }

    private static double profit(JsonNode worth, String candidate) {
        for (var row : worth.path("rows")) {
            if (row.path("name").asString().equals(candidate)) {
                return row.path("profit_per_month").path("value").asDouble();
            }
        }
        throw new AssertionError(candidate);
    }

    @Test
    void theTableNamesEachCandidatesProfitAndWhatItHangsOn() {
        assertThat(project.sartor("worth")).as(project.screen.remarks()).isZero();
        assertThat(project.screen.results())
                .contains("route: worth in EUR at 1,000 answers a month, over 12 months")
                .contains("the verdict names tuned")
                // 0.8 − 0.2 · 2 = 0.4 an answer; people 0.9 − 0.2 − 0.5 = 0.2.
                .containsPattern("tuned +80 % +400\\.00 .*\\+200\\.00")
                .containsPattern("people alone +90 % +200\\.00")
                .contains("The profit of tuned hangs most on score of tuned")
                .contains("the most profitable changes by");
    }

    @Test
    void whatIfLeavesTheFileAsItIs() throws IOException {
        var before = Files.readString(folder.resolve("sartor.yaml"));
        assertThat(profit(json(), "tuned")).isCloseTo(400, within(1e-9));
        assertThat(profit(json("--set", "per_wrong=2.5"), "tuned")).isCloseTo(300, within(1e-9));
        assertThat(profit(json("--volume", "2000"), "tuned")).isCloseTo(800, within(1e-9));
        var longer = json("--set", "horizon_months=24", "--set", "person_per_answer=0.6");
        assertThat(longer.path("months").asInt()).isEqualTo(24);
        assertThat(profit(longer, "people alone")).isCloseTo(100, within(1e-9));
        assertThat(folder.resolve("sartor.yaml")).hasContent(before);
    }

    @Test
    void aTasksOwnValueIsChangedToo() {
        project.write(
                "sartor.yaml",
                SmallProject.FILE.replace("margin: 0.5", "margin: 0.5\n    value: {per_right: 3}")
                        + VALUE);
        // It inherits what a wrong one costs: 2.4 − 0.4.
        assertThat(profit(json(), "tuned")).isCloseTo(2000, within(1e-9));
        assertThat(profit(json("--set", "per_wrong=1"), "tuned")).isCloseTo(2200, within(1e-9));
    }

    @Test
    void withoutAValueFiguresCanBeTried() {
        project.write("sartor.yaml", SmallProject.FILE + "costs: {machine_hour: 0}\n");
        assertThat(project.sartor("worth")).isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains("does not say what answers are worth", "--set per_right=0.40");
        assertThat(profit(json("--set", "per_right=1"), "tuned")).isCloseTo(8000, within(1e-9));
    }

    @Test
    void thePageIsWrittenWhereItIsAskedFor() {
        var file = folder.resolve("worth.html");
        assertThat(project.sartor("worth", "--report", file.toString())).isZero();
        assertThat(file).content().contains("What it is worth", "<polyline");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--volume | -5 | --volume must be a number, at least 1, got -5: such as volume_per_month=10000",
                "--volume | NaN | --volume must be a number, at least 1, got NaN",
                "--set | growth_per_month=-1.5 | --set growth_per_month must be a number, -1 to 10, got -1.5: 0.02 means 2 % a month",
                "--set | per_right=NaN | --set per_right must be a number, at least 0, got NaN",
                "--set | per_wrong=-2 | --set per_wrong must be a number, at least 0, got -2",
                "--set | per_wrong=much | --set per_wrong must be a number, at least 0, got much",
                "--set | right_from=1.5 | --set right_from must be a number, more than 0, at most 1, got 1.5: 0.5 is a common choice",
                "--set | right_from=0 | --set right_from must be a number, more than 0, at most 1, got 0",
                "--set | people_accuracy=2 | --set people_accuracy must be a number, 0 to 1, got 2",
                "--set | horizon_months=1.5 | --set horizon_months must be a whole number, 1 to 600, got 1.5",
                "--set | horizon_months=0 | --set horizon_months must be a whole number, 1 to 600, got 0",
                "--set | per_rong=2 | unknown key 'per_rong' after --set. Did you mean 'per_wrong'?",
                "--set | currency=2 | unknown key 'currency' after --set. Known: per_right,",
                "--set | per_wrong | --set must be KEY=VALUE, got 'per_wrong': such as --set per_wrong=2.5",
                "--task | rout | there is no task 'rout'.",
            })
    void aBadValueIsRefusedWithItsRuleAndTheNextStep(String option, String value, String said) {
        assertThat(project.sartor("worth", option, value)).isEqualTo(2);
        assertThat(project.screen.remarks()).contains(said);
    }

    @Test
    void withoutAComparisonTheNextStepIsNamed() throws IOException {
        Files.delete(folder.resolve("runs/comparison.json"));
        assertThat(project.sartor("worth")).isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains("task 'route' has no comparison yet: run `sartor compare");
    }

    @Test
    void theHelpHasExamples() {
        assertThat(project.screen.sartor("worth", "--help")).isZero();
        assertThat(project.screen.results()).contains("Examples:", "--volume 50000");
    }
}
