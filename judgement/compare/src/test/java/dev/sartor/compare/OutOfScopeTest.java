package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.report.Report;
import dev.sartor.compare.verdict.ComparisonResult;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Progress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A third of the messages to choose by and to measure on fit neither label, and no training example says so.
class OutOfScopeTest {
    private static final String PROJECT =
            Desk.PROJECT
                            .replaceFirst("approaches: .*", "approaches: [linear, nearest]")
                            .replaceAll("(?s)  - name: answer.*", "")
                            .replace("margin: 0.08", "margin: 0.08\n    out_of_scope: other")
                    + "racing: false\n";

    @TempDir Path folder;

    private Desk desk;

    @BeforeEach
    void messages() {
        desk = new Desk(folder);
        rows("train", 0, 60, 2);
        rows("validation", 1000, 90, 3);
        rows("test", 2000, 90, 3);
    }

    private void rows(String split, int from, int count, int kinds) {
        var rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int kind = i % kinds;
            var text =
                    kind == 2
                            ? "zebra%d sings%d".formatted(from + i, from + i)
                            : "case%d about my %s"
                                    .formatted(from + i, List.of("invoice", "brake").get(kind));
            rows.append(
                    "{\"id\": \"%s-%d\", \"text\": \"%s\", \"label\": \"%s\"}%n"
                            .formatted(
                                    split,
                                    i,
                                    text,
                                    List.of("billing", "repair", "other").get(kind)));
        }
        AtomicFile.write(folder.resolve("route/" + split + ".jsonl"), rows.toString());
    }

    private ComparisonResult compared() {
        return desk.compare(PROJECT);
    }

    @Test
    void whatFitsNoLabelIsToldByTooLowAConfidence() {
        var linear = compared().tasks().getFirst().candidate("linear");
        assertThat(linear.run().setup().scope().orElseThrow().threshold()).isPresent();
        var told = linear.outOfScope().orElseThrow();
        assertThat(told.rows()).isEqualTo(30);
        assertThat(told.found()).isGreaterThan(0.9);
        assertThat(told.falseAlarms()).isLessThan(0.1);
        assertThat(told.auroc().orElseThrow()).isGreaterThan(0.95);
        assertThat(linear.score().value()).as("with the label counted").isGreaterThan(0.9);
        assertThat(linear.answers())
                .filteredOn(each -> each.references().contains("other"))
                .extracting(each -> each.answer())
                .contains("other");
        assertThat(linear.reliability()).as("of the answers with another label").isPresent();
    }

    @Test
    void whetherAnyLabelFitsIsLearnedFromConfidenceEntropyAndNearness() {
        var project = PROJECT.replaceFirst("approaches: .*", "approaches: [tfidf, linear]");
        var route = desk.compare(project).tasks().getFirst();
        var linear = route.candidate("linear");
        assertThat(linear.run().setup().calibration().orElseThrow().inScope().orElseThrow())
                .as("intercept, log odds, entropy, nearness")
                .hasSize(4);
        assertThat(route.candidate("tfidf").run().setup().calibration().orElseThrow().inScope())
                .as("it goes by no vectors, so that nothing is near")
                .hasValueSatisfying(weights -> assertThat(weights).hasSize(3));
        assertThat(linear.answers())
                .allSatisfy(each -> {
                    double fits = each.confidence().orElseThrow().inScope().orElseThrow();
                    boolean isOut = each.references().contains("other");
                    assertThat(fits > 0.5).as(each.question()).isNotEqualTo(isOut);
                });
        var kept = Runs.of(folder).find("route/linear");
        assertThat(kept.setup().calibration()).isEqualTo(linear.run().setup().calibration());
    }

    @Test
    void theReportSaysHowManyAreFound() {
        var result = compared();
        assertThat(Report.html(result, Instant.EPOCH))
                .contains("What fits no label", "of the 30 test examples that are ");
        assertThat(result.json()).contains("\"out_of_scope\"", "\"auroc\"");
    }

    @Test
    void itIsServedAsItWasMeasured() {
        var run = compared().tasks().getFirst().candidate("linear").run();
        var labels = new AnswerForm.OneOf(List.of("billing", "repair", "other"));
        try (var candidate =
                Candidate.open(desk.project(PROJECT), folder, run, desk.circumstances())) {
            for (var stored : Runs.of(folder).answers(run)) {
                var question = question(stored.question(), labels);
                var said =
                        candidate
                                .responder()
                                .answer(List.of(question), Progress.silent())
                                .getFirst();
                assertThat(said.text()).isEqualTo(stored.answer());
            }
            var heard = new StringBuilder();
            candidate.responder().stream(question("zebra7 sings7", labels), heard::append);
            assertThat(heard.toString()).isEqualTo("other");
            var two = new AnswerForm.OneOf(List.of("billing", "repair"));
            assertThat(candidate.responder().stream(question("zebra7 sings7", two), _ -> {}).text())
                    .as("a caller who does not allow the label is not given it")
                    .isNotEqualTo("other");
        }
    }

    private static Question question(String text, AnswerForm form) {
        return new Question(
                "1", List.of(Message.user(text)), form, Sampling.greedy(), Principal.local());
    }

    @Test
    void withoutSuchValidationExamplesNothingIsTakenForOne() {
        rows("validation", 1000, 90, 2);
        var linear = compared().tasks().getFirst().candidate("linear");
        assertThat(linear.run().setup().scope().orElseThrow().threshold()).isEmpty();
        assertThat(linear.outOfScope().orElseThrow().found()).isZero();
    }

    @Test
    void theLabelMustBeOneOfTheTasks() {
        assertThatThrownBy(() ->
                        desk.project(PROJECT.replace("out_of_scope: other", "out_of_scope: othr")))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(
                        "tasks[0].out_of_scope must be one of the labels, got 'othr'.")
                .hasMessageContaining("other");
    }
}
