package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.compare.approach.Desk;
import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Progress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            var answer = ask(candidate, stored.question());
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

    @Test
    void togetherWithVectorsItIsPooledAsValidationChooses() {
        var tried =
                PROJECT.replaceFirst("tfidf", "tfidf, linear, tfidf+linear") + "racing: false\n";
        var route = desk.compare(tried).tasks().getFirst();
        var both = route.candidate("tfidf+linear");
        assertThat(both.score().value()).isGreaterThan(0.9);
        assertThat(both.run().setup().validation()).containsKeys("20", "30", "40", "50", "60");
        assertThat(both.run().setup().chosen()).as("of equals the least").isEqualTo(20);
        assertThat(both.run().recipe().model()).isEqualTo("all-minilm-l6-v2");
        var text = both.answers().getFirst().question();
        var scores = new HashMap<String, Map<String, Double>>();
        for (var each : route.candidates()) {
            try (var candidate =
                    Candidate.open(desk.project(tried), folder, each.run(), desk.circumstances())) {
                scores.put(each.name(), ask(candidate, text).labelScores());
            }
        }
        var pooled = new HashMap<String, Double>();
        double sum = 0;
        for (var label : List.of("billing", "repair", "other")) {
            double score = 0.2 * of(scores, "tfidf", label) + 0.8 * of(scores, "linear", label);
            pooled.put(label, score);
            sum += Math.exp(score);
        }
        for (var label : pooled.keySet()) {
            assertThat(of(scores, "tfidf+linear", label))
                    .isCloseTo(pooled.getOrDefault(label, 0.0) - Math.log(sum), within(1e-9));
        }
    }

    private static double of(
            Map<String, Map<String, Double>> scores, String candidate, String label) {
        return scores.getOrDefault(candidate, Map.of()).getOrDefault(label, Double.NaN);
    }

    private static Answer ask(Candidate candidate, String text) {
        var question =
                new Question(
                        "1",
                        List.of(Message.user(text)),
                        new AnswerForm.OneOf(List.of("billing", "repair", "other")),
                        Sampling.greedy(),
                        Principal.local());
        return candidate.responder().answer(List.of(question), Progress.silent()).getFirst();
    }
}
