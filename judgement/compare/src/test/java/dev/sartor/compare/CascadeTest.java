package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Sampling;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Progress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A linear classifier that is sure of two labels and not of the third, and a model that knows each training example.
class CascadeTest {
    private static final String PROJECT =
            Desk.PROJECT
                            .replaceFirst("approaches: .*", "approaches: [linear, tune, cascade]")
                            .replaceAll("(?s)  - name: answer.*", "")
                    + "racing: false\n";

    @TempDir Path folder;

    private Desk desk;

    @BeforeEach
    void messagesOfWhichSomeHangOnOneWord() {
        desk = new Desk(folder);
        rows("train", "", 60);
        rows("validation", "please ", 60);
        rows("test", "hello ", 60);
    }

    private void rows(String split, String opening, int count) {
        var rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            var word = List.of("invoice", "brake", "hours").get(i % 3);
            var label = i % 6 == 0 ? "other" : List.of("billing", "repair", "other").get(i % 3);
            rows.append(
                    "{\"id\": \"%s-%d\", \"text\": \"%scase%d my %s\", \"label\": \"%s\"}%n"
                            .formatted(split, i, opening, i, word, label));
        }
        AtomicFile.write(folder.resolve("route/" + split + ".jsonl"), rows.toString());
    }

    private TaskResult task() {
        return desk.compare(PROJECT).tasks().getFirst();
    }

    @Test
    void aCascadeIsChosenOnValidationAndMeasuredFromWhatItsPartsAnswered() {
        var task = task();
        var cascade = task.candidate("cascade");
        var parts = cascade.run().setup().cascade().orElseThrow();
        assertThat(parts.firstCandidate()).isEqualTo("linear");
        assertThat(parts.secondCandidate()).isEqualTo("tuned");
        assertThat(cascade.score().value()).isGreaterThan(task.candidate("linear").score().value());
        assertThat(cascade.secondsPerAnswer())
                .isLessThan(task.candidate("tuned").secondsPerAnswer());
        assertThat(task.said())
                .anySatisfy(line ->
                        assertThat(line)
                                .startsWith(
                                        "cascade: linear answers where its confidence is at least"));
        for (int i = 0; i < 60; i++) {
            var first = task.candidate("linear").answers().get(i);
            boolean isSure = first.confidence().orElseThrow().calibrated() >= parts.threshold();
            assertThat(cascade.answers().get(i).answer())
                    .isEqualTo(
                            isSure
                                    ? first.answer()
                                    : task.candidate("tuned").answers().get(i).answer());
        }
    }

    @Test
    void itIsFoundAgainAndServedAsItWasMeasured() {
        var run = task().candidate("cascade").run();
        assertThat(task().candidate("cascade").run().id()).isEqualTo(run.id());
        var stored = Runs.of(folder).answers(run);
        try (var candidate =
                Candidate.open(desk.project(PROJECT), folder, run, desk.circumstances())) {
            var questions = stored.stream().map(CascadeTest::again).toList();
            var said = candidate.responder().answer(questions, Progress.silent());
            assertThat(said)
                    .extracting(Answer::text)
                    .isEqualTo(stored.stream().map(StoredAnswer::answer).toList());
            for (var question : List.of(questions.getFirst(), questions.get(1))) {
                var heard = new StringBuilder();
                var streamed = candidate.responder().stream(question, heard::append);
                assertThat(heard.toString()).isEqualTo(streamed.text());
                assertThat(streamed.text()).isEqualTo(said.get(questions.indexOf(question)).text());
            }
        }
    }

    private static Question again(StoredAnswer answer) {
        return new Question(
                answer.id(),
                List.of(Message.user(answer.question())),
                new AnswerForm.OneOf(List.of("billing", "repair", "other")),
                Sampling.greedy(),
                Principal.local());
    }

    @Test
    void withoutOneOfItsPartsItIsNotOpened() {
        var run = task().candidate("cascade").run();
        Runs.of(folder).remove(Runs.of(folder).find("route/linear"));
        assertThatThrownBy(() ->
                        Candidate.open(desk.project(PROJECT), folder, run, desk.circumstances()))
                .hasMessageContaining(", which the cascade " + run.id() + " is made of, is gone.");
    }

    @Test
    void whoMayNotAskAPartMayNotAskTheCascade() {
        desk.engines.readers.put("smollm2-135m-instruct", Readers.anyOf(List.of("user:alice")));
        var run = task().candidate("cascade").run();
        assertThat(run.mayCall().isEveryone()).isFalse();
        assertThat(run.mayCall()).isEqualTo(Runs.of(folder).find("route/tuned").mayCall());
    }

    @Test
    void itIsRepeatedByRepeatingItsParts() {
        task();
        assertThat(Recorded.find(folder, "route")).extracting(Recorded::id).hasSize(2);
        assertThatThrownBy(() -> Recorded.find(folder, "route/cascade"))
                .hasMessageContaining(
                        "is a cascade, which is what its parts are: name one of these, route-linear-");
    }
}
