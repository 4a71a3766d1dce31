package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.approach.Desk;
import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandidateTest {
    @TempDir Path folder;

    private Desk desk;

    @BeforeEach
    void compare() {
        desk = new Desk(folder);
        desk.compare();
    }

    private Candidate open(String name, String yaml) {
        return Candidate.open(
                desk.project(yaml), folder, Runs.of(folder).find(name), desk.circumstances());
    }

    private static Question ask(String text, AnswerForm form) {
        return new Question(
                "now", List.of(Message.user(text)), form, Sampling.greedy(), Principal.local());
    }

    @Test
    void aCandidateAnswersAsItDidInTheTest() {
        for (var name : List.of("few-shot", "tuned", "tuned+retrieval")) {
            var stored = Runs.of(folder).answers(Runs.of(folder).find("route/" + name)).getFirst();
            var question =
                    ask(
                            stored.question(),
                            new AnswerForm.OneOf(List.of("billing", "repair", "other")));
            try (var candidate = open("route/" + name, Desk.PROJECT)) {
                assertThat(candidate.responder().answer(List.of(question), Progress.silent()))
                        .extracting(Answer::text)
                        .containsExactly(stored.answer());
            }
        }
    }

    @Test
    void anAnswerStreamsWithItsPassages() {
        var pieces = new ArrayList<String>();
        try (var candidate = open("answer/retrieval", Desk.PROJECT)) {
            var answer =
                    candidate.responder().stream(
                            ask("What is the price of item18", new AnswerForm.FreeText(8)),
                            pieces::add);
            assertThat(answer.passages()).isNotEmpty();
            assertThat(String.join("", pieces)).isEqualTo(answer.text());
        }
    }

    @Test
    void changedSettingsOrExamplesAreRefused() throws IOException {
        assertThatThrownBy(() ->
                        open(
                                "route/few-shot",
                                Desk.PROJECT.replace("counts: [1, 4]", "counts: [1, 2]")))
                .hasMessageContaining("was made with other settings or training examples");
        var train = folder.resolve("route/train.jsonl");
        AtomicFile.write(train, Files.readString(train).replace("case1 ", "case one "));
        assertThatThrownBy(() -> open("route/few-shot", Desk.PROJECT))
                .hasMessageContaining("Run `sartor compare` again");
    }

    @Test
    void testExamplesAreNotOpenedToServe() throws IOException {
        Files.writeString(folder.resolve("route/test.jsonl"), "not json");
        try (var candidate = open("route/tuned", Desk.PROJECT)) {
            assertThat(candidate.validate(Progress.silent()).score().value()).isEqualTo(1);
            assertThat(candidate.task().name()).isEqualTo("route");
        }
    }
}
