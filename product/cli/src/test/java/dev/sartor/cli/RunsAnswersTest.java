package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Json;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Over the stored answers of two candidates to three examples: of q0 both are right, of q1 the tuned one, of q2 neither.
class RunsAnswersTest {
    @TempDir private Path folder;
    private SmallProject project = new SmallProject(Path.of("target", "unused"));

    @BeforeEach
    void twoRuns() {
        project = new SmallProject(folder);
        run("zero-shot", "[]", List.of("repair", "billing", "billing"));
        run("tuned", "[[\"group:sales\"]]", List.of("repair", "repair", "billing"));
    }

    private void run(String candidate, String readers, List<String> said) {
        var id = "route-" + candidate + "-12345678";
        var answers = new StringBuilder();
        for (int i = 0; i < said.size(); i++) {
            answers.append(
                    """
                    {"id":"q%d","question":"Question %d, \\"quoted\\"","references":["repair"],"answer":"%s","free_text":null,"score":%d,\
                    "passages":[],"prompt_tokens":100,"cached_tokens":0,"completion_tokens":1,"seconds":0.5}
                    """
                            .formatted(i, i, said.get(i), said.get(i).equals("repair") ? 1 : 0));
        }
        project.write("runs/" + id + "/answers.jsonl", answers.toString());
        project.write(
                "runs/" + id + "/run.json",
                """
                {"id": "%s", "key": "12345678", "digests": {}, "version": "0.1.0", "finished": "2026-03-01T12:00:00Z",
                 "recipe": {"task": "route", "candidate": "%s", "approach": "zero-shot", "model": "m", "seed": 1, "choices": [], "settings": {}},
                 "setup": {"chosen": 0, "validation": {}, "seconds": 1, "training_seconds": 0, "adapter_share": 0, "curve": []},
                 "readers": %s, "answers_readers": %s}
                """
                        .formatted(id, candidate, readers, readers));
    }

    private String printed(String... args) {
        assertThat(project.sartor(args)).as(project.screen.remarks()).isZero();
        return project.screen.results();
    }

    @Test
    void thoseOnWhichTheyDisagreeComeFirst() {
        var lines = printed("runs", "answers", "route").lines().toList();
        assertThat(lines.get(1)).startsWith("q1 ");
        assertThat(lines).hasSize(8).last().isEqualTo("3 of 3 examples are like that.");
    }

    @Test
    void aFilterLeavesWhatItNames() {
        var json =
                Json.mapper()
                        .readTree(
                                printed(
                                        "runs",
                                        "answers",
                                        "route",
                                        "--first",
                                        "tuned",
                                        "--second",
                                        "zero-shot",
                                        "--outcome",
                                        "first",
                                        "--json"));
        assertThat(json.get("found").asInt()).isEqualTo(1);
        assertThat(json.get("examples").get(0).get("id").asString()).isEqualTo("q1");
        assertThat(printed("runs", "answers", "route", "--by", "tuned", "--said", "billing"))
                .contains("q2", "1 of 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--by tuned | --by and --said must be given together, got --by alone",
                "--second tuned | --first and --second must be given together, got --second alone",
                "--first tuned --second tuned | --second must be another candidate than --first, got tuned",
                "--by tned --said repair | no candidate 'tned' has answered the test examples. Did you mean",
                "--outcome better | --outcome must be differ, first or second, got better",
                "--most 0 | --most must be 1 or more, got 0"
            })
    void aFilterThatSaysNothingIsRefused(String options, String said) {
        var args = ("runs answers route " + options).split(" ", -1);
        assertThat(project.sartor(args)).isEqualTo(2);
        assertThat(project.screen.remarks()).contains(said.strip());
    }

    @Test
    void aCsvIsACsv() {
        var csv = printed("runs", "answers", "route", "--sort", "file", "--csv").lines().toList();
        assertThat(csv).hasSize(4);
        assertThat(csv.get(1)).startsWith("q0,\"Question 0, \"\"quoted\"\"\",repair,");
    }

    @Test
    void anExampleIsShownWhole() {
        var one = Json.mapper().readTree(printed("runs", "answers", "route", "--example", "q1"));
        assertThat(one.at("/answers/tuned/prompt_tokens").asInt()).isEqualTo(100);
        assertThat(project.sartor("runs", "answers", "route", "--example", "q9")).isEqualTo(2);
    }

    @Test
    void whoMayNotSeeARunSeesNoneOfItsAnswers() {
        assertThat(printed("runs", "answers", "route", "--as", "ann", "--csv"))
                .contains("zero-shot")
                .doesNotContain("tuned");
        assertThat(printed("runs", "answers", "route", "--groups", "sales", "--csv"))
                .contains("zero-shot", "tuned");
    }
}
