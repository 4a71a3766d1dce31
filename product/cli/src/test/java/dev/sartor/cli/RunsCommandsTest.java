package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.compare.Runs;
import dev.sartor.compare.run.Machine;
import dev.sartor.compare.run.Run;
import dev.sartor.core.Json;
import dev.sartor.project.setting.ApproachName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsCommandsTest {
    private static final Map<String, Object> SETTINGS = settings();

    @TempDir Path folder;

    private SmallProject project = new SmallProject(Path.of("target", "unused"));

    /// Ten test examples: zero-shot has the first two right, tuned the first eight.
    @BeforeEach
    void twoRuns() {
        project = new SmallProject(folder);
        run("route", "zero-shot", ApproachName.of("zero-shot"), 2, "2026-03-01T12:00:00Z");
        run("route", "tuned", ApproachName.of("tune"), 8, "2026-03-01T13:00:00Z");
        project.write("runs/adapters/a1/adapter_config.json", "{}");
    }

    private void run(String task, String candidate, ApproachName approach, int right, String time) {
        run(task, candidate, approach, right, time, Set.of());
    }

    /// @param readers of the run and its answers
    private void run(
            String task,
            String candidate,
            ApproachName approach,
            int right,
            String time,
            Set<Set<String>> readers) {
        var id = task + "-" + candidate + "-12345678";
        var recipe =
                new Run.Recipe(
                        task, candidate, approach, "smollm2-135m-instruct", 1, List.of(), SETTINGS);
        var run =
                new Run(
                        id,
                        "12345678",
                        recipe,
                        Optional.empty(),
                        approach.wireName().equals("tune")
                                ? Optional.of("adapters/a1")
                                : Optional.empty(),
                        Map.of("test", "abc"),
                        new Run.Setup(
                                0,
                                Map.of(),
                                60,
                                50,
                                0.036,
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        Optional.of(800L),
                        Machine.here(0),
                        "0.1.0",
                        Instant.parse(time),
                        readers,
                        readers);
        var answers = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            var answer = i < right ? "repair" : "billing";
            answers.append(
                    """
                    {"id":"q%d","question":"?","references":["repair"],"answer":"%s","free_text":null,"score":%d,\
                    "passages":[],"prompt_tokens":100,"cached_tokens":0,"completion_tokens":1,"seconds":0.5}
                    """
                            .formatted(i, answer, i < right ? 1 : 0));
        }
        project.write("runs/" + id + "/answers.jsonl", answers.toString());
        project.write("runs/" + id + "/run.json", Runs.json(run));
    }

    /// As a run's file holds them: sections in sections.
    private static Map<String, Object> settings() {
        var task = new LinkedHashMap<String, Object>();
        task.put("name", "route");
        task.put("prompt", Map.of("user", "{{ question }}\nAnswer:"));
        task.put("labels", List.of());
        var settings = new LinkedHashMap<String, Object>();
        settings.put("rank", 16);
        settings.put("few_shot", Map.of("counts", List.of(4, 8)));
        settings.put("tasks", List.of(task));
        return settings;
    }

    private List<String> lines() {
        return project.screen.results().lines().toList();
    }

    @Test
    void theListShowsTheNewestFirstWithScoresFromTheStoredAnswers() {
        assertThat(project.sartor("runs", "list")).isZero();
        assertThat(lines()).hasSize(3);
        assertThat(lines().get(1)).startsWith("route-tuned-12345678").contains("accuracy  0.800");
        assertThat(lines().get(2)).startsWith("route-zero-shot-12345678").contains("0.200");
    }

    @Test
    void runsAloneIsTheList() {
        assertThat(project.sartor("runs")).isZero();
        assertThat(lines()).hasSize(3);
    }

    @Test
    void aRunOfATaskThatIsGoneIsListedWithoutAScore() {
        run("gone", "tuned", ApproachName.of("tune"), 1, "2026-03-02T12:00:00Z");
        assertThat(project.sartor("runs", "list")).isZero();
        assertThat(lines().get(1)).startsWith("gone-tuned-12345678").contains("  -  ");
        assertThat(project.sartor("runs", "show", "gone/tuned")).isEqualTo(2);
        assertThat(project.screen.remarks()).contains("has no task 'gone' any more");
    }

    @Test
    void withoutRunsTheListSaysWhatMakesThem() {
        var empty = new SmallProject(folder.resolve("empty"));
        assertThat(empty.sartor("runs", "list")).isZero();
        assertThat(empty.screen.results())
                .isEqualTo("There are no runs yet: `sartor compare` makes some.\n");
    }

    @Test
    void oneRunIsShownWithItsFiguresAndWhatRepeatsIt() {
        assertThat(project.sartor("runs", "show", "route/tuned")).isZero();
        assertThat(project.screen.results())
                .contains(
                        "accuracy 0.800, 95 % interval 0.490 to 0.943, 10 test examples", // Wilson,
                        // 8 of 10
                        "an answer    0.500 s, 100 prompt tokens",
                        "3.6 % of the model",
                        """

                        SETTING               VALUE
                        rank                  16
                        few_shot.counts       4, 8
                        tasks[0].name         route
                        tasks[0].prompt.user  {{ question }}\\nAnswer:
                        tasks[0].labels       none

                        FILE  SHA-256
                        test  abc
                        """);
    }

    @Test
    void theJsonHoldsTheRunAsItIsStoredAndItsFigures() {
        assertThat(project.sartor("runs", "show", "route-tuned", "--json")).isZero();
        var json = Json.mapper().readTree(project.screen.results());
        assertThat(json.get("recipe").get("settings").get("rank").asInt()).isEqualTo(16);
        assertThat(json.get("score").get("value").asDouble()).isEqualTo(0.8);
        assertThat(json.get("seconds_per_answer").asDouble()).isEqualTo(0.5);
    }

    private void restricted() {
        run(
                "route",
                "few-shot",
                ApproachName.of("few-shot"),
                5,
                "2026-03-03T12:00:00Z",
                Set.of(Set.of("group:sales")));
    }

    @Test
    void whoMayNotReadAllThatARunIsMadeOfIsShownNothingOfIt() {
        restricted();
        assertThat(project.sartor("runs", "show", "route/few-shot")).as("the owner").isZero();
        assertThat(project.screen.results()).contains("may see it   group:sales");
        assertThat(project.sartor("runs", "show", "route/few-shot", "--as", "bob")).isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains("user:bob may not use or see route-few-shot-12345678");
        assertThat(
                        project.sartor(
                                "runs", "compare", "route/few-shot", "route/tuned", "--as", "bob"))
                .isEqualTo(2);
        assertThat(project.sartor("evaluate", "route/few-shot", "--as", "bob")).isEqualTo(2);
        assertThat(project.screen.remarks().split("may not use or see", -1)).hasSize(4);
        assertThat(project.sartor("runs", "show", "route/tuned", "--as", "bob")).isZero();
    }

    @Test
    void aListAsSomebodySeesItLeavesOutWhatHeMayNotSee() {
        restricted();
        assertThat(project.sartor("runs", "list", "--as", "bob")).isZero();
        assertThat(project.screen.results()).contains("route-tuned").doesNotContain("few-shot");
        assertThat(project.sartor("runs", "list", "--groups", "sales", "--json")).isZero();
        assertThat(project.screen.results())
                .contains("route-few-shot")
                .as("rules are for whoever keeps the files")
                .doesNotContain("group:sales");
    }

    @Test
    void whoMayNotReadAllThatARunIsMadeOfCannotChatWithIt() {
        restricted();
        assertThat(project.sartor("chat", "route/few-shot", "--ask", "Hello", "--as", "bob"))
                .isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains("user:bob may not use or see route-few-shot-12345678");
    }

    @Test
    void twoRunsAreComparedOnTheSameExamples() {
        assertThat(project.sartor("runs", "compare", "route/tuned", "route/zero-shot")).isZero();
        assertThat(lines().getFirst())
                .startsWith("tuned less zero-shot: +60.0 points, 95 % interval ");
        assertThat(lines().getFirst()).endsWith("p 0.031"); // exact McNemar on 6 and 0: 2 / 2^6
        assertThat(lines().getLast()).isEqualTo("better on 6 examples, worse on 0");
    }

    @Test
    void runsOfTwoTasksAreNotCompared() {
        run("answer", "tuned", ApproachName.of("tune"), 1, "2026-03-02T12:00:00Z");
        assertThat(project.sartor("runs", "compare", "route/tuned", "answer/tuned")).isEqualTo(2);
        assertThat(project.screen.remarks()).contains("is of 'route'", "of 'answer'");
    }

    @Test
    void removingTakesTheAdapterThatNobodyWearsAnyMore() {
        assertThat(project.sartor("runs", "remove", "route/tuned")).isZero();
        assertThat(project.screen.results()).isEqualTo("removed route-tuned-12345678\n");
        assertThat(folder.resolve("runs/adapters/a1")).doesNotExist();
        assertThat(folder.resolve("runs/route-zero-shot-12345678")).exists();
    }

    @Test
    void nothingIsRemovedWhereOneNameIsUnknown() {
        assertThat(project.sartor("runs", "remove", "route/tuned", "route/tunned")).isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains("no run 'route/tunned'", "Did you mean 'route/tuned'?");
        assertThat(folder.resolve("runs/route-tuned-12345678")).exists();
    }
}
