package dev.sartor.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.hub.environment.Use;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.Remote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectFileTest {
    @TempDir Path folder;

    private ProjectFolder project;

    @BeforeEach
    void makeData() {
        project = ProjectFolder.in(folder);
    }

    private void refused(String yaml, String... lines) {
        assertThatThrownBy(() -> project.read(yaml))
                .isInstanceOfSatisfying(
                        SartorException.class,
                        e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.USER))
                .message()
                .isEqualTo(String.join("\n", lines));
    }

    private static String withTop(String top) {
        return ProjectFolder.TASK + "approaches: [zero-shot, tune]\n" + top;
    }

    private static String withTask(String line) {
        return ProjectFolder.TASK + "    " + line + "\napproaches: [zero-shot, tune]\n";
    }

    @Test
    void aFileThatIsNestedDeeplyIsRefusedWithItsLine() {
        refused(
                "name: desk\ntasks: " + "[".repeat(5_000) + "]".repeat(5_000),
                "sartor.yaml:2: lists and keys are nested more than 50 deep: nothing that is read here"
                        + " needs more than a few levels.",
                "1 problem; nothing was started.");
    }

    @Test
    void aFileThatGrowsByItsAliasesIsRefusedWithItsLine() {
        var yaml = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i <= 24; i++) {
            yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        refused(
                yaml.toString(),
                "sartor.yaml:18: its aliases stand for more than 1,000,000 keys and values: write out"
                        + " what is meant.",
                "1 problem; nothing was started.");
        refused(
                "name: &a [*a]\n",
                "sartor.yaml:1: the alias *a stands within what it names: write it out.",
                "1 problem; nothing was started.");
    }

    @Test
    void aFileOfManyMegabytesIsNotRead() {
        refused(
                "name: desk\n" + "#\n".repeat(2 << 20),
                "sartor.yaml must have at most 3,145,728 bytes, has 4,194,315: keep data in files of"
                        + " their own, and name them in it.");
    }

    @Test
    void aKeyIsSentEncryptedOrToThisMachineAlone() {
        var remote = "remotes: [{name: a, url: '%s/v1', model: m, api_key_env: A_KEY}]\n";
        refused(
                withTop(remote.formatted("http://127.0.0.1.example.org")),
                "sartor.yaml:10: remotes[0].url must begin with https where api_key_env is given, or everyone"
                        + " on the way reads the key; got http://127.0.0.1.example.org/v1. Without encryption it"
                        + " may only name this machine, such as http://localhost.",
                "1 problem; nothing was started.");
        for (var url :
                List.of(
                        "https://a",
                        "http://localhost:8000",
                        "http://127.0.0.1",
                        "http://[::1]:9")) {
            assertThat(project.read(withTop(remote.formatted(url))).remotes()).hasSize(1);
        }
        var keyless = "remotes: [{name: a, url: 'http://gpu:8000/v1', model: m}]\n";
        assertThat(project.read(withTop(keyless)).remotes()).hasSize(1);
    }

    @Test
    void aShortFileIsFilledWithDefaults() {
        var read = project.read(withTop(""));
        assertThat(read.name()).isEqualTo("desk");
        assertThat(read.use()).isEqualTo(Use.COMMERCIAL);
        assertThat(read.tune().lora().rank()).isEqualTo(16);
        assertThat(read.tune().steps().learningRate()).isEmpty();
        assertThat(read.fewShot().counts()).containsExactly(4, 8);
        assertThat(read.costs().volumePerMonth()).isEqualTo(10_000);
        var task = read.tasks().getFirst();
        assertThat(task.metricName()).isEqualTo("accuracy");
        assertThat(task.margin()).isEqualTo(0.05);
        assertThat(task.test()).isEqualTo(folder.resolve("test.jsonl"));
        assertThat(read.tried(task))
                .containsExactly(ApproachName.of("zero-shot"), ApproachName.of("tune"));
    }

    @Test
    void aTaskInheritsWhatTheProjectSaysAndOverridesWhatItSaysItself() {
        var read =
                project.read(
                        "tune: {rank: 8, epochs: 5}\n"
                                + ProjectFolder.TASK
                                + "    tune: {epochs: 2}\napproaches: [tune]\n");
        var tune = read.tasks().getFirst().tune();
        assertThat(tune.lora().rank()).isEqualTo(8);
        assertThat(tune.steps().epochs()).isEqualTo(2);
        assertThat(read.tune().steps().epochs()).isEqualTo(5);
    }

    @Test
    void whatTheProjectSaysBelowTheTasksIsInheritedToo() {
        var read = project.read(withTop("tune: {rank: 8}\nfew_shot: {counts: [8, 2, 8]}\n"));
        assertThat(read.tasks().getFirst().tune().lora().rank()).isEqualTo(8);
        assertThat(read.tasks().getFirst().fewShot().counts()).containsExactly(2, 8);
    }

    @Test
    void everyProblemIsNamedAtOnceByItsLine() {
        refused(
                """
                name: desk
                approaches: [zero-shot, tune]
                tune:
                  rank: 4096
                  learning_rte: 0.1
                tasks:
                  - name: route
                    instruction: Sort.
                    labels: [billing, repair]
                    train: train.jsonl
                    validation: missing.jsonl
                    test: test.jsonl
                    margin: half
                """,
                "sartor.yaml:4: tune.rank must be 1 to 2048, got 4096. 16 suits most tasks.",
                "sartor.yaml:5: unknown key 'learning_rte' under tune. Did you mean 'learning_rate'?",
                "sartor.yaml:11: tasks[0].validation: there is no readable file 'missing.jsonl'. Paths are relative to the project's folder.",
                "sartor.yaml:13: tasks[0].margin must be a number, got 'half'. 0.05 means 5 points.",
                "4 problems; nothing was started.");
    }

    @Test
    void aTabIsNamed() {
        refused(
                "name: desk\ntasks:\n\t- name: route\n",
                "sartor.yaml:3: a tab indents this line. Use spaces; YAML allows no tabs.",
                "1 problem; nothing was started.");
    }

    @Test
    void aKeyThatStandsTwiceIsNamed() {
        refused(
                withTop("seed: 1\nseed: 2\n"),
                "sartor.yaml:11: seed stands here a second time. Keep one of them.",
                "1 problem; nothing was started.");
    }

    @Test
    void brokenYamlIsNamedWithItsLine() {
        assertThatThrownBy(() -> project.read("name: [desk\ntasks: 3\n"))
                .hasMessageStartingWith("sartor.yaml:2: not valid YAML: ");
    }

    @Test
    void anEmptyFileSaysHowToStart() {
        refused(
                "# nothing yet\n",
                "sartor.yaml:1: the file is empty. `sartor init` writes one to start from.",
                "1 problem; nothing was started.");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() throws IOException {
        Files.write(
                folder.resolve(Project.FILE), "name: Büro".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ProjectFile.read(folder))
                .hasMessage(
                        "sartor.yaml is not UTF-8 text: save it as UTF-8 and run the command again.");
    }

    @Test
    void aFolderWithoutAProjectSaysSo() {
        assertThatThrownBy(() -> ProjectFile.read(folder))
                .hasMessageContaining("there is no sartor.yaml in")
                .hasMessageContaining("sartor init");
    }

    @Test
    void aTaskWithoutDataIsRefusedWithWhatItNeeds() {
        refused(
                """
                name: desk
                approaches: [few-shot, tune]
                tasks:
                  - name: route
                    instruction: Sort.
                    test: test.jsonl
                  - name: answer
                    instruction: Answer.
                """,
                "sartor.yaml:4: tasks[0].train is missing: few-shot and tune learn from examples."
                        + " Add 'train: FILE', or leave them out of approaches.",
                "sartor.yaml:4: tasks[0].validation is missing: few-shot and tune need examples to choose by."
                        + " Add 'validation: FILE', give one number to choose from, or leave them out of approaches.",
                "sartor.yaml:7: tasks[1].test is missing. Without test examples nothing can be measured."
                        + " Example: 'test: data/route/test.jsonl'.",
                "3 problems; nothing was started.");
    }

    @Test
    void retrievalWithoutDocumentsIsRefused() {
        refused(
                ProjectFolder.TASK + "approaches: [zero-shot, retrieval, tune+retrieval]\n",
                "sartor.yaml:9: retrieval and tune+retrieval use documents. Add 'documents: FOLDER',"
                        + " or leave them out of approaches.",
                "1 problem; nothing was started.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    metric: acuracy                 | tasks[0].metric: 'acuracy' does not judge a classification. Did you mean 'accuracy'?
                    metric: token_f1                | tasks[0].metric: 'token_f1' does not judge a classification. Known: accuracy, macro_f1, matthews.
                    leakage: drop                   | tasks[0].leakage: 'drop' is none of its values. Known: refuse, near, drop-from-training.
                    format: text-lable              | tasks[0].format: 'text-lable' is none of its values. Did you mean 'text-label'?
                    target: 80                      | tasks[0].target must be 0 to 1, got 80. 0.8 means 80 %.
                    margin: 0                       | tasks[0].margin must be more than 0, at most 1, got 0. 0.05 means 5 points.
                    max_answer_tokens: 3.5          | tasks[0].max_answer_tokens must be a whole number, got '3.5'. 16 to 64 suit short answers.
                    columns: text                   | tasks[0].columns must be a section of keys and values.
                    unanswerable: I don't know      | tasks[0].unanswerable is for free text. Make it one of the labels instead.
                    retrieval: {overlap_tokens: 200}| tasks[0].retrieval: overlap_tokens must be at most half of chunk_tokens (160), got 200. A tenth to a fifth of chunk_tokens is usual.
                    few_shot: {counts: 4}           | tasks[0].few_shot.counts must be a list, such as [2, 4, 8].
                    approaches: [tuned]             | tasks[0].approaches[0]: 'tuned' is none of its values. Did you mean 'tune'?
                    """)
    void aWrongValueOfATaskIsNamed(String line, String problem) {
        refused(withTask(line), "sartor.yaml:9: " + problem, "1 problem; nothing was started.");
    }

    @Test
    void aPromptOfTheTasksOwnIsCheckedWhenItIsRead() {
        assertThatThrownBy(() ->
                        project.read(withTask("prompt: {system: 'Be {{ kind }}.', user: 'Hello'}")))
                .hasMessageContaining(
                        "sartor.yaml:9: tasks[0].prompt: prompt.system: unknown name 'kind'")
                .hasMessageContaining("tasks[0].prompt: prompt.user: must show {{ question }}")
                .hasMessageEndingWith("2 problems; nothing was started.");
        var read =
                project.read(
                        withTask("prompt: {system: '{{ instruction }}', user: '{{ question }}'}"));
        assertThat(read.tasks().getFirst().template().showsPassages()).isFalse();
    }

    @Test
    void labelsThatAreOneLabelAreRefused() {
        refused(
                withTop("").replace("[billing, repair]", "[billing, Billing ]"),
                "sartor.yaml:5: tasks[0].labels names 'Billing' twice (case aside). Keep one of them.",
                "1 problem; nothing was started.");
    }

    @Test
    void labelsThatLookLikeNumbersOrTruthStayTexts() {
        var read = project.read(withTop("").replace("[billing, repair]", "[1, true, no]"));
        assertThat(read.tasks().getFirst().labels()).containsExactly("1", "true", "no");
    }

    @Test
    void testingOnTheTrainingFileIsRefused() {
        assertThatThrownBy(() -> project.read(withTop("").replace("test: test", "test: train")))
                .hasMessageContaining(
                        "sartor.yaml:8: the test examples of 'route' are also its training");
    }

    @Test
    void twoTasksOfOneNameAreRefused() {
        var twice =
                ProjectFolder.TASK
                        + ProjectFolder.TASK.substring(ProjectFolder.TASK.indexOf("  - name"));
        assertThatThrownBy(() -> project.read(twice + "approaches: [zero-shot]\n"))
                .hasMessageContaining("two entries of tasks are called 'route'. Rename one task.");
    }

    @Test
    void costsAndRemotesAreRead() {
        var read =
                project.read(
                        withTop(
                                """
                                costs: {machine_hour: 0.5, people_hours: {tune: 8, tune+retrieval: 12}}
                                remotes:
                                  - name: large
                                    url: http://127.0.0.1:8080/v1
                                    model: large-1
                                    api_key_env: LARGE_KEY
                                    price_per_million_prompt_tokens: 0.5
                                """));
        assertThat(read.costs().peopleHours())
                .isEqualTo(
                        Map.of(
                                ApproachName.of("tune"),
                                8.0,
                                ApproachName.of("tune+retrieval"),
                                12.0));
        assertThat(read.remotes()).extracting(Remote::name).isEqualTo(List.of("large"));
        assertThat(read.remotes().getFirst().apiKeyEnv()).contains("LARGE_KEY");
    }

    @Test
    void aKeyPastedWhereItsVariablesNameBelongsIsNotPrinted() {
        refused(
                withTop(
                        "remotes: [{name: a, url: http://a/v1, model: m, api_key_env: sk-secret-1}]"),
                "sartor.yaml:10: remotes[0].api_key_env must be the name of an environment variable."
                        + " Put the key into the variable, and the variable's name here.",
                "1 problem; nothing was started.");
    }
}
