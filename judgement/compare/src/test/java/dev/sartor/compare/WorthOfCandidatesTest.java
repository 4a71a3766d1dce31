package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.report.Report;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.compare.verdict.ComparisonResult;
import dev.sartor.compare.verdict.TaskWorth;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.worth.Worth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What measured candidates are worth: by what their stored answers are and by what `compare` says that they cost.
class WorthOfCandidatesTest {
    private static final Offset<Double> EXACT = within(1e-9);

    private static final String VALUE =
            """
            value: {per_right: 0.4, per_wrong: 1.5, people_accuracy: 0.95, growth_per_month: 0.02, project_cost: 100}
            costs: {machine_hour: 0.1, person_per_answer: 0.3, people_hour: 40, people_hours: {linear: 12}}
            """;

    private static final String LABELS =
            Desk.PROJECT
                            .replaceFirst("approaches: .*", "approaches: [linear, zero-shot]")
                            .replaceAll("(?s)  - name: answer.*", "")
                    + "racing: false\n"
                    + VALUE;

    @TempDir Path folder;

    private Desk desk;

    @BeforeEach
    void makeProject() {
        desk = new Desk(folder);
    }

    private static Worth worth(ComparisonResult result) {
        var task = result.tasks().getFirst();
        return TaskWorth.of(task, result.project(), task.verdict().candidate()).orElseThrow();
    }

    @Test
    void everyCandidateIsReckonedByItsAnswersAndItsCost() {
        var result = desk.compare(LABELS);
        var task = result.tasks().getFirst();
        for (var candidate : task.candidates()) {
            var row = worth(result).row(candidate.name());
            double score = candidate.score().value();
            double each = 0.4 * score - 1.5 * (1 - score) - candidate.cost().perAnswer();
            assertThat(row.right()).isCloseTo(score, EXACT);
            assertThat(row.perAnswer()).isCloseTo(each, EXACT);
            assertThat(row.profitPerMonth().value())
                    .isCloseTo(10_000 * each - candidate.cost().perYear() / 12, EXACT);
        }
        assertThat(worth(result).row("linear").fixedPerMonth())
                .as("twelve hours of 40 a year")
                .isGreaterThan(40);
    }

    @Test
    void whatIsLeftToAPersonIsNeitherRightNorWrongAndPaidOnce() {
        // A third of the messages cannot be told apart.
        for (var split : List.of("train", "validation", "test")) {
            var rows = new StringBuilder();
            for (int i = 0; i < 90; i++) {
                var word = List.of("invoice", "brake", "weather").get(i % 3);
                var labels = List.of("billing", "repair", "other");
                rows.append(
                        "{\"id\": \"%s-%d\", \"text\": \"%s%d my %s\", \"label\": \"%s\"}%n"
                                .formatted(
                                        split,
                                        i,
                                        split,
                                        i,
                                        word,
                                        labels.get(i % 3 == 2 ? i / 3 % 3 : i % 3)));
            }
            AtomicFile.write(folder.resolve("route/" + split + ".jsonl"), rows.toString());
        }
        var result =
                desk.compare(LABELS.replace("margin: 0.08", "margin: 0.08\n    precision: 0.9"));
        var linear = result.tasks().getFirst().candidate("linear");
        var said = linear.abstained().orElseThrow();
        var row = worth(result).row("linear");
        double given = said.coverage().value();
        double right = given * said.precision().orElseThrow().value();
        assertThat(row.left()).isCloseTo(1 - given, EXACT).isPositive();
        assertThat(row.right()).isCloseTo(right, EXACT);
        // People are right 95 times of 100; what they cost stands in the candidate's cost.
        assertThat(row.perAnswer())
                .isCloseTo(
                        0.4 * right
                                - 1.5 * (given - right)
                                + (1 - given) * (0.95 * 0.4 - 0.05 * 1.5)
                                - linear.cost().perAnswer(),
                        EXACT);
        assertThat(linear.cost().perAnswer()).isGreaterThan(0.3 * (1 - given));
    }

    @Test
    void aCascadeIsWorthWhatItsMeasuredAnswersAre() {
        for (var split :
                Map.of("train", "", "validation", "please ", "test", "hello ").entrySet()) {
            var rows = new StringBuilder();
            for (int i = 0; i < 60; i++) {
                var word = List.of("invoice", "brake", "hours").get(i % 3);
                var label = i % 6 == 0 ? "other" : List.of("billing", "repair", "other").get(i % 3);
                rows.append(
                        "{\"id\": \"%s-%d\", \"text\": \"%scase%d my %s\", \"label\": \"%s\"}%n"
                                .formatted(split.getKey(), i, split.getValue(), i, word, label));
            }
            AtomicFile.write(folder.resolve("route/" + split.getKey() + ".jsonl"), rows.toString());
        }
        var result = desk.compare(LABELS.replace("[linear, zero-shot]", "[linear, tune, cascade]"));
        var cascade = result.tasks().getFirst().candidate("cascade");
        assertThat(worth(result).row("cascade").right()).isCloseTo(cascade.score().value(), EXACT);
    }

    @Test
    void freeTextIsRightFromTheScoreThatTheProjectNames() {
        var yaml = Desk.PROJECT + "value: {per_right: 1, right_from: 0.5}\n";
        var result = desk.compare(yaml);
        var answer = result.tasks().getLast();
        var worth =
                TaskWorth.of(answer, result.project(), answer.verdict().candidate()).orElseThrow();
        for (var candidate : answer.candidates()) {
            double right =
                    candidate.answers().stream()
                            .mapToDouble(StoredAnswer::score)
                            .filter(score -> score >= 0.5)
                            .count();
            assertThat(worth.row(candidate.name()).right())
                    .isCloseTo(right / candidate.answers().size(), EXACT);
        }
        assertThatThrownBy(() -> desk.project(Desk.PROJECT + "value: {per_right: 1}\n"))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(
                        "value.right_from is missing: the task 'answer' is judged by token_f1")
                .hasMessageContaining("'right_from: 0.5'");
    }

    @Test
    void anotherValueIsNoOtherRun() {
        var first = desk.compare(LABELS).tasks().getFirst().candidate("linear").run().id();
        var second = desk.compare(LABELS.replace("per_right: 0.4", "per_right: 4"));
        assertThat(second.tasks().getFirst().candidate("linear").run().id()).isEqualTo(first);
    }

    @Test
    void theReportHasAPageForThoseWhoDecide() {
        var result = desk.compare(LABELS);
        var page = Report.html(result, Instant.EPOCH);
        assertThat(page)
                .contains("What it is worth", "worth-table", "class=\"shipped\"", "people alone")
                .contains("What the profit hangs on", "<code>per_wrong</code>")
                .containsPattern("hangs most on (score of )?[a-z_-]+");
        assertThat(page.split("<polyline class=")).hasSize(1 + 4);
        assertThat(Report.html(desk.compare(Desk.PROJECT), Instant.EPOCH))
                .as("without a value")
                .doesNotContain("What it is worth");
    }

    @Test
    void thePageCanBeWrittenAlone() throws Exception {
        var file = folder.resolve("worth.html");
        var result = desk.compare(LABELS);
        Report.writeWorth("desk <b>", Map.of("route", worth(result)), file, Instant.EPOCH);
        var page = Files.readString(file);
        assertThat(page).contains("desk &lt;b&gt;: what it is worth").contains("worth-table");
        assertThat(page).doesNotContain("<script", "http://", "https://");
    }
}
