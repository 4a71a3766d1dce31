package dev.sartor.compare.approach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.file.AtomicFile;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectCheckTest {
    @TempDir Path folder;

    @Test
    void rowsAreCountedAndASmallTestSetIsSaid() {
        var check = ProjectCheck.of(new Desk(folder).project(Desk.PROJECT));
        assertThat(check.isWell()).isTrue();
        var route = check.tasks().getFirst();
        assertThat(route.train()).isEqualTo(30);
        assertThat(route.validation()).isEqualTo(12);
        assertThat(route.test()).isEqualTo(90);
        assertThat(route.said())
                .containsExactly(
                        "route: 90 test examples can hardly show that one candidate is at most 8 points worse than"
                                + " another; about 246 would be enough, or a larger margin.");
    }

    @Test
    void badRowsAndLeaksOfAllTasksAreListed() {
        var project = new Desk(folder).project(Desk.PROJECT);
        AtomicFile.write(
                folder.resolve("route/train.jsonl"),
                "{\"text\": \"case200 about my hours\", \"label\": \"other\"}\n");
        AtomicFile.write(folder.resolve("answer/train.jsonl"), "[]\n");
        var check = ProjectCheck.of(project);
        assertThat(check.isWell()).isFalse();
        assertThat(String.join("\n", check.problems()))
                .contains("route/test.jsonl:1: also stands in", "answer/train.jsonl");
    }

    private ProjectCheck.TaskCheck route(String test) {
        var desk = new Desk(folder);
        var project = desk.project(Desk.PROJECT);
        AtomicFile.write(folder.resolve("route/test.jsonl"), test);
        return ProjectCheck.of(project).tasks().getFirst();
    }

    @Test
    void aTestSetThatLacksALabelIsAWarning() {
        assertThat(route("{\"text\": \"one invoice\", \"label\": \"billing\"}\n").warnings())
                .containsExactly(
                        "route: no test example is answered with 'repair', 'other', so that nothing will be known of how well a candidate tells them. Add test examples of them.");
    }

    @Test
    void aTestLabelThatNoTrainingExampleHasIsAWarning() {
        var project =
                new Desk(folder)
                        .project(
                                Desk.PROJECT.replace(
                                        "[zero-shot, few-shot, retrieval, tune, tune+retrieval]",
                                        "[few-shot]"));
        AtomicFile.write(
                folder.resolve("route/train.jsonl"),
                """
                {"text": "an invoice", "label": "billing"}
                {"text": "a brake", "label": "repair"}
                """);
        assertThat(ProjectCheck.of(project).tasks().getFirst().warnings())
                .containsExactly(
                        "route: test examples are answered with 'other', which no training example is: what learns from these, few-shot too, can hardly answer so. Add training examples of it.");
    }

    @Test
    void rowsOfLabelsWithoutLabelsInTheProjectAreAWarningWithTheLineToAdd() {
        var project =
                new Desk(folder)
                        .project(
                                Desk.PROJECT.replace("    labels: [billing, repair, other]\n", ""));
        var tasks = ProjectCheck.of(project).tasks();
        assertThat(tasks.getFirst().warnings())
                .containsExactly(
                        "route: 'labels' is not set, so that answers are taken for free text and judged by token_f1, and its 120 rows hold 3 different answers. For a classification add 'labels: [billing, other, repair]'.");
        assertThat(tasks.getLast().warnings()).isEmpty();
    }

    @Test
    void whereReferencesAreValuesAMetricThatComparesThemIsProposed() {
        var desk = new Desk(folder);
        var rows = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            rows.append(
                    "{\"prompt\": \"What does part %d cost?\", \"completion\": \"%d euros\"}%n"
                            .formatted(i, 10 + i));
        }
        AtomicFile.write(folder.resolve("answer/test.jsonl"), rows.toString());
        assertThat(ProjectCheck.of(desk.project(Desk.PROJECT)).tasks().getLast().warnings())
                .singleElement()
                .asString()
                .startsWith(
                        "answer: 'metric' is not set, so that answers are judged by token_f1; 30 of 30 references")
                .contains("'metric: contains'");
        var chosen =
                Desk.PROJECT.replace(
                        "  - name: answer\n", "  - name: answer\n    metric: contains\n");
        assertThat(ProjectCheck.of(desk.project(chosen)).tasks().getLast().warnings()).isEmpty();
    }

    @Test
    void aRowThatTheModelCannotReadIsNamedWithItsTokensAndTheLimit() {
        var project = new Desk(folder).project(Desk.PROJECT);
        AtomicFile.write(
                folder.resolve("answer/test.jsonl"),
                "{\"prompt\": \"short\", \"completion\": \"a\"}\n"
                        + "{\"prompt\": \"%s\", \"completion\": \"a\"}\n"
                                .formatted("word ".repeat(1000)));
        var window = new ModelWindow("small", 1024, text -> text.strip().split("\\s+", -1).length);
        var check = ProjectCheck.of(project, Optional.of(window));
        assertThat(check.problems())
                .singleElement()
                .asString()
                .contains("answer/test.jsonl:2: its prompt takes 1,0")
                .contains("together more than the 1,024 that small reads at once")
                .contains("max_answer_tokens of task 'answer'");
        assertThat(check.count()).isOne();
    }
}
