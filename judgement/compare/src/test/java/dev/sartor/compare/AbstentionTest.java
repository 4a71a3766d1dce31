package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.confidence.AbstentionChoice;
import dev.sartor.compare.report.Report;
import dev.sartor.compare.run.Abstention;
import dev.sartor.compare.run.Confidence;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.compare.verdict.ComparisonResult;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.compare.verdict.Verdict;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A third of the messages cannot be told apart: their labels are drawn by turns.
class AbstentionTest {
    private static final String PROJECT =
            Desk.PROJECT
                            .replaceFirst("approaches: .*", "approaches: [linear, zero-shot]")
                            .replaceAll("(?s)  - name: answer.*", "")
                            .replace("margin: 0.08", "margin: 0.08\n    precision: 0.9")
                    + "racing: false\ncosts: {machine_hour: 0.1, person_per_answer: 0.5}\n";

    @TempDir Path folder;

    private Desk desk;

    @BeforeEach
    void messages() {
        desk = new Desk(folder);
        rows("train", 90);
        rows("validation", 90);
        rows("test", 90);
    }

    private void rows(String split, int count) {
        var rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            var word = List.of("invoice", "brake", "weather").get(i % 3);
            var label =
                    i % 3 == 2
                            ? List.of("billing", "repair", "other").get(i / 3 % 3)
                            : List.of("billing", "repair").get(i % 3);
            rows.append(
                    "{\"id\": \"%s-%d\", \"text\": \"%s%d my %s\", \"label\": \"%s\"}%n"
                            .formatted(split, i, split, i, word, label));
        }
        AtomicFile.write(folder.resolve("route/" + split + ".jsonl"), rows.toString());
    }

    private ComparisonResult compared() {
        return desk.compare(PROJECT);
    }

    private static StoredAnswer answer(int id, boolean isRight, Optional<Double> confidence) {
        return new StoredAnswer(
                "q" + id,
                "",
                List.of("a"),
                isRight ? "a" : "b",
                Optional.empty(),
                confidence.map(sure -> new Confidence(sure, sure)),
                isRight ? 1 : 0,
                List.of(),
                0,
                0,
                0,
                0,
                Optional.empty());
    }

    @Test
    void theLeastConfidenceIsTheLowestAtWhichEnoughAnswersAreRight() {
        var answers = new ArrayList<StoredAnswer>();
        for (int i = 0; i < 10; i++) {
            // Right from 0.5 on but for 0.7; 0.1 to 0.4 are wrong.
            boolean isRight = i >= 4 && i != 6;
            answers.add(answer(i, isRight, Optional.of((i + 1) / 10.0)));
        }
        assertThat(AbstentionChoice.of(0.8, answers))
                .isEqualTo(new Abstention(0.8, 0.5, 5 / 6.0, 0.6));
        assertThat(AbstentionChoice.of(0.99, answers)).isEqualTo(new Abstention(0.99, 0.8, 1, 0.3));
        assertThat(AbstentionChoice.of(0.3, answers).validationCoverage()).isEqualTo(1);
    }

    @Test
    void equallySureAnswersAreAllGivenOrNone() {
        var answers =
                List.of(
                        answer(0, true, Optional.of(0.9)),
                        answer(1, true, Optional.of(0.5)),
                        answer(2, false, Optional.of(0.5)),
                        answer(3, false, Optional.of(0.5)));
        assertThat(AbstentionChoice.of(0.9, answers).threshold()).isEqualTo(0.9);
    }

    @Test
    void whoCanNotBePreciseAnswersNothingAndWhoHasNoConfidenceEverything() {
        var wrong = List.of(answer(0, false, Optional.of(0.9)), answer(1, false, Optional.of(0.5)));
        assertThat(AbstentionChoice.of(0.9, wrong).threshold()).isGreaterThan(1);
        var unsure = List.of(answer(0, true, Optional.empty()), answer(1, false, Optional.empty()));
        assertThat(AbstentionChoice.of(0.9, unsure)).isEqualTo(new Abstention(0.9, 0, 0.5, 1));
    }

    @Test
    void whatIsLeftToPeopleIsMeasuredAndPaidFor() {
        var route = compared().tasks().getFirst();
        var linear = route.candidate("linear");
        var said = linear.abstained().orElseThrow();
        assertThat(said.coverage().value()).as("two thirds can be told").isBetween(0.5, 0.8);
        assertThat(said.precision().orElseThrow().value()).isGreaterThan(0.85);
        assertThat(linear.score().value()).as("with all of its answers").isLessThan(0.85);
        assertThat(linear.cost().perAnswer())
                .as("half a euro for each message that a person answers")
                .isCloseTo(
                        0.5 * (1 - said.coverage().value())
                                + linear.secondsPerAnswer() * 0.1 / 3600,
                        within(1e-9));
    }

    @Test
    void whoIsNotPreciseIsNotShippedAndTheTableSaysWhatEachLeaves() {
        var result = compared();
        var route = result.tasks().getFirst();
        assertThat(route.candidate("zero-shot").abstained().orElseThrow().coverage().value())
                .isEqualTo(1);
        assertThat(route.verdict()).isInstanceOf(Verdict.Ship.class);
        assertThat(route.verdict().candidate()).isEqualTo("linear");
        assertThat(route.isGoodEnough(route.candidate("zero-shot"))).isFalse();
        assertThat(Report.html(result, Instant.EPOCH))
                .contains("What they leave to people", "and leaves the rest to a person");
        assertThat(result.json()).contains("\"abstained\"", "\"threshold\"");
    }

    @Test
    void whereNobodyIsPreciseTheVerdictSaysSo() {
        var route = task(PROJECT.replace("[linear, zero-shot]", "[zero-shot]"));
        assertThat(route.verdict()).isInstanceOf(Verdict.NothingMeetsTarget.class);
        assertThat(route.verdict().why())
                .startsWith(
                        "No candidate's answers are right as often as 90 %. Of those of zero-shot");
    }

    private TaskResult task(String yaml) {
        return desk.compare(yaml).tasks().getFirst();
    }

    @Test
    void anAnswerThatIsNotSureEnoughIsMarkedWhereItIsServed() {
        var run = compared().tasks().getFirst().candidate("linear").run();
        try (var candidate =
                Candidate.open(desk.project(PROJECT), folder, run, desk.circumstances())) {
            for (var word : List.of("invoice", "weather")) {
                var question =
                        new Question(
                                "1",
                                List.of(Message.user("tell me of my " + word)),
                                new AnswerForm.OneOf(List.of("billing", "repair", "other")),
                                Sampling.greedy(),
                                Principal.local());
                var said =
                        candidate
                                .responder()
                                .answer(List.of(question), Progress.silent())
                                .getFirst();
                assertThat(said.abstained()).as(word).isEqualTo(word.equals("weather"));
                assertThat(candidate.responder().stream(question, _ -> {}).abstained())
                        .isEqualTo(said.abstained());
            }
        }
    }

    @Test
    void anotherPrecisionIsAnotherRun() {
        var first = compared().tasks().getFirst().candidate("linear").run();
        var second =
                task(PROJECT.replace("precision: 0.9", "precision: 0.95"))
                        .candidate("linear")
                        .run();
        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    void aPrecisionNeedsLabelsAndValidation() {
        assertThatThrownBy(() ->
                        desk.project(
                                Desk.PROJECT.replace(
                                        "unanswerable: unknown",
                                        "unanswerable: unknown\n    precision: 0.9")))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("tasks[1].precision is for tasks with labels");
        assertThatThrownBy(() ->
                        desk.project(
                                PROJECT.replace("    validation: route/validation.jsonl\n", "")))
                .hasMessageContaining(
                        "validation chooses how sure a candidate must be for precision and out_of_scope");
    }
}
