package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.compare.approach.Desk;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Progress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The candidate that goes by the words of a text: neither a model nor an embedder has a part in it.
class TfidfTest {
    private static final String PROJECT =
            Desk.PROJECT
                    .replaceFirst("approaches: .*", "approaches: [tfidf]")
                    .replaceAll("(?s)  - name: answer.*", "");

    @TempDir Path folder;
    private Desk desk;

    @BeforeEach
    void project() {
        desk = new Desk(folder);
    }

    @Test
    void itFindsTheLabelsAndNeitherAModelNorAnEmbedderIsOpened() {
        var results = desk.compare(PROJECT).tasks();
        var tfidf = results.getFirst().candidate("tfidf");
        assertThat(tfidf.score().value()).isGreaterThan(0.9);
        assertThat(tfidf.run().recipe().model()).isEqualTo("tfidf");
        assertThat(tfidf.run().digests()).doesNotContainKeys("embedder", "model");
        assertThat(tfidf.answers())
                .allSatisfy(answer -> {
                    assertThat(answer.promptTokens()).as("words").isPositive();
                    assertThat(answer.freeText()).isEmpty();
                });
        assertThat(desk.engines.asked).isEmpty();
    }

    @Test
    void itIsForLabelsAlone() {
        var both = Desk.PROJECT.replaceFirst("approaches: .*", "approaches: [tfidf, zero-shot]");
        assertThat(desk.compare(both).tasks().get(1).candidates())
                .extracting(each -> each.name())
                .containsExactly("zero-shot");
    }

    @Test
    void itIsReopenedAsItWasMeasured() {
        var measured = desk.compare(PROJECT).tasks().getFirst().candidate("tfidf");
        try (var candidate =
                Candidate.open(
                        desk.project(PROJECT), folder, measured.run(), desk.circumstances())) {
            var stored = measured.answers().getFirst();
            var question =
                    new Question(
                            "1",
                            List.of(Message.user(stored.question())),
                            new AnswerForm.OneOf(List.of("billing", "repair", "other")),
                            Sampling.greedy(),
                            Principal.local());
            var answer =
                    candidate.responder().answer(List.of(question), Progress.silent()).getFirst();
            assertThat(answer.text()).isEqualTo(stored.answer());
            assertThat(answer.labelScores()).containsOnlyKeys("billing", "repair", "other");
        }
    }

    @Test
    void whoMayNotReadATrainingExampleMayNotAskIt() {
        AtomicFile.write(
                folder.resolve("route/train.jsonl"),
                """
                {"text": "my invoice", "label": "billing", "readers": ["user:alice"]}
                {"text": "my brake", "label": "repair"}
                {"text": "your hours", "label": "other"}
                """);
        desk.compare(PROJECT);
        assertThat(Runs.of(folder).find("route/tfidf").mayCall().isEveryone()).isFalse();
    }
}
