package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.approach.TrainingRequest;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Progress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Candidates that go by the embedder's vectors: no language model has a part in them.
class VectorCandidatesTest {
    private static final String PROJECT =
            Desk.PROJECT.replaceFirst("approaches: .*", "approaches: [nearest, linear]");

    @TempDir Path folder;
    private Desk desk;

    @BeforeEach
    void project() {
        desk = new Desk(folder);
    }

    @Test
    void bothFindTheLabelsAndNoModelIsAsked() {
        var results = desk.compare(PROJECT).tasks();
        var route = results.getFirst();
        assertThat(route.candidates())
                .extracting(each -> each.name())
                .containsExactly("nearest", "linear");
        assertThat(route.candidates())
                .allSatisfy(each -> {
                    assertThat(each.score().value()).isGreaterThan(0.9);
                    assertThat(each.freeText()).isEmpty();
                    assertThat(each.run().recipe().model()).isEqualTo("all-minilm-l6-v2");
                    assertThat(each.run().digests()).containsKey("embedder");
                    assertThat(each.run().digests()).doesNotContainKey("model");
                });
        assertThat(desk.engines.asked).isEmpty();
        assertThat(results.get(1).candidates())
                .as("what is for labels alone is not tried on free text")
                .extracting(each -> each.name())
                .containsExactly("nearest");
    }

    @Test
    void anEncoderIsTheEmbedderTrainedByItsOwnSectionWhateverTheModelSearchesFor() {
        var searched =
                Desk.PROJECT.replaceFirst(
                        "approaches: .*",
                        "approaches: [encoder]\ntune: {search: {trials: 2, budget: 1, space: {rank: [4, 8]}}}");
        desk.compare(searched.replaceAll("(?s)  - name: answer.*", ""));
        assertThat(desk.engines.trainings).isEqualTo(1);
        assertThat(desk.engines.request.orElseThrow().model()).isEqualTo("all-minilm-l6-v2");
        assertThat(desk.engines.request.orElseThrow().settings().steps().epochs()).isEqualTo(5);
        assertThat(Runs.of(folder).find("route/encoder").recipe().model())
                .isEqualTo("all-minilm-l6-v2");
        assertThat(Runs.of(folder).answers(Runs.of(folder).find("route/encoder")))
                .as("a classifier writes no text beside its labels")
                .allSatisfy(each -> assertThat(each.freeText()).isEmpty());
    }

    @Test
    void theNumberOfVotersIsChosenOnValidation() {
        desk.compare(PROJECT);
        var run = Runs.of(folder).find("route/nearest");
        assertThat(run.setup().validation()).containsKeys("1", "3", "5", "10", "20");
        assertThat(run.setup().chosen()).isIn(1, 3, 5, 10, 20);
    }

    @Test
    void aQuestionThatIsFarFromAllExamplesIsSaidToHaveNoAnswer() {
        var known = new StringBuilder();
        var asked = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            known.append(
                    "{\"prompt\": \"The price of item%d\", \"completion\": \"p%d\"}%n"
                            .formatted(i, i));
            asked.append(
                    "{\"prompt\": \"Say the price of item%d\", \"completion\": \"p%d\"}%n"
                            .formatted(i, i));
            asked.append(
                    "{\"prompt\": \"zebra%d sings\", \"completion\": \"unknown\"}%n".formatted(i));
        }
        AtomicFile.write(folder.resolve("answer/train.jsonl"), known.toString());
        AtomicFile.write(folder.resolve("answer/validation.jsonl"), asked.toString());
        AtomicFile.write(
                folder.resolve("answer/test.jsonl"),
                """
                {"id": "near", "prompt": "Tell the price of item3", "completion": "p3"}
                {"id": "far", "prompt": "lions dance", "completion": "unknown"}
                """);
        desk.compare(PROJECT);
        var run = Runs.of(folder).find("answer/nearest");
        assertThat(run.setup().shown().orElseThrow().nearness()).isPresent();
        assertThat(Runs.of(folder).answers(run))
                .extracting(StoredAnswer::answer)
                .containsExactly("p3", "unknown");
    }

    @Test
    void itIsReopenedAsItWasMeasuredAndGivesTheLabelsProbabilities() {
        desk.compare(PROJECT);
        var project = desk.project(PROJECT);
        var run = Runs.of(folder).find("route/linear");
        try (var candidate = Candidate.open(project, folder, run, desk.circumstances())) {
            var labels = new AnswerForm.OneOf(List.of("billing", "repair"));
            var answer = ask(candidate, "case9 about my brake", labels);
            assertThat(answer.text()).isEqualTo("repair");
            assertThat(answer.labelScores()).containsOnlyKeys("billing", "repair");
            assertThat(Math.exp(answer.labelScores().getOrDefault("repair", Double.NaN)))
                    .isBetween(0.5, 1.0);
            assertThatThrownBy(() -> ask(candidate, "brake", new AnswerForm.Matching("[a-z]+", 8)))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("linear gives answers that it has seen");
        }
    }

    private static Answer ask(Candidate candidate, String text, AnswerForm form) {
        var question =
                new Question(
                        "1",
                        List.of(Message.user(text)),
                        form,
                        Sampling.greedy(),
                        Principal.local());
        return candidate.responder().answer(List.of(question), Progress.silent()).getFirst();
    }

    @Test
    void howSureACandidateIsIsCalibratedOnValidationAndToldOfEachTestAnswer() {
        var rows = new StringBuilder();
        for (int i = 0; i < 36; i++) {
            var label = List.of("billing", "repair", "other").get(i % 3);
            var word = List.of("invoice", "brake", "hours").get(i % 3);
            rows.append(
                    "{\"text\": \"number%d of my %s\", \"label\": \"%s\"}%n"
                            .formatted(i, word, label));
        }
        AtomicFile.write(folder.resolve("route/validation.jsonl"), rows.toString());
        var route =
                desk.compare(
                                Desk.PROJECT.replaceFirst(
                                        "approaches: .*",
                                        "approaches: [linear, zero-shot]\nracing: false"))
                        .tasks()
                        .getFirst();
        var linear = route.candidate("linear");
        var calibration = linear.run().setup().calibration().orElseThrow();
        assertThat(calibration.rows()).isEqualTo(36);
        assertThat(calibration.temperature()).isPositive();
        assertThat(linear.answers())
                .allSatisfy(answer ->
                        assertThat(answer.confidence().orElseThrow().calibrated())
                                .isBetween(1 / 3.0, 1.0));
        var reliability = linear.reliability().orElseThrow();
        assertThat(reliability.error()).isBetween(0.0, 0.2);
        assertThat(reliability.coverageAt(0.95)).isBetween(0.5, 1.0);
        assertThat(reliability.coverageAt(0.5)).isEqualTo(1.0);
        assertThat(reliability.coverageAt(1.01)).isZero();
        var project =
                desk.project(
                        Desk.PROJECT.replaceFirst(
                                "approaches: .*",
                                "approaches: [linear, zero-shot]\nracing: false"));
        try (var candidate = Candidate.open(project, folder, linear.run(), desk.circumstances())) {
            var stored = linear.answers().getFirst();
            var form = new AnswerForm.OneOf(List.of("billing", "repair", "other"));
            assertThat(ask(candidate, stored.question(), form).confidence().orElseThrow())
                    .as("told again as it was measured")
                    .isCloseTo(stored.confidence().orElseThrow().calibrated(), within(1e-6));
        }
        assertThat(route.candidate("zero-shot").reliability())
                .as("a model that gives no scores of labels has no confidence")
                .isEmpty();
    }

    @Test
    void whatWasCalibratedOnRestrictedExamplesIsForTheirReaders() {
        var rows = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            rows.append(
                    "{\"text\": \"number%d my brake\", \"label\": \"repair\", \"readers\": [\"user:alice\"]}%n"
                            .formatted(i));
        }
        AtomicFile.write(folder.resolve("route/validation.jsonl"), rows.toString());
        desk.compare(
                Desk.PROJECT
                        .replaceFirst("approaches: .*", "approaches: [linear]")
                        .replaceAll("(?s)  - name: answer.*", ""));
        assertThat(Runs.of(folder).find("route/linear").mayCall().isEveryone()).isFalse();
    }

    @Test
    void theNearestSentenceOfTheDocumentsIsQuotedWithItsSource() {
        var results =
                desk.compare(
                        Desk.PROJECT.replaceFirst(
                                "approaches: .*", "approaches: [zero-shot, extractive]"));
        assertThat(results.tasks().getFirst().candidates())
                .as("what is for free text alone is not tried on labels")
                .extracting(each -> each.name())
                .containsExactly("zero-shot");
        var run = Runs.of(folder).find("answer/extractive");
        assertThat(Runs.of(folder).answers(run))
                .hasSize(12)
                .allSatisfy(answer -> {
                    assertThat(answer.answer())
                            .startsWith("The price of item")
                            .endsWith(answer.references().getFirst());
                    assertThat(answer.passages()).isNotEmpty();
                    assertThat(answer.passages().getFirst().text()).contains(answer.answer());
                });
    }

    @Test
    void whoMayNotReadTheTrainingExamplesIsNotAnsweredFromThem() {
        AtomicFile.write(
                folder.resolve("route/train.jsonl"),
                """
                {"text": "my invoice", "label": "billing", "readers": ["user:alice"]}
                {"text": "my brake", "label": "repair"}
                {"text": "your hours", "label": "other"}
                """);
        desk.compare(PROJECT);
        for (var each : List.of("route/nearest", "route/linear")) {
            var mayCall = Runs.of(folder).find(each).mayCall();
            assertThat(mayCall.isEveryone()).as(each).isFalse();
            assertThat(mayCall).isNotEqualTo(Readers.nobody());
        }
    }

    @Test
    void setfitIsForFewExamplesALabelAndLearnsFromPairsOfThem() {
        var tried =
                Desk.PROJECT
                        .replaceFirst("approaches: .*", "approaches: [setfit, linear]")
                        .replaceAll("(?s)  - name: answer.*", "");
        assertThat(desk.compare(tried + "setfit: {most_per_label: 9}\n").tasks().getFirst().said())
                .anySatisfy(line ->
                        assertThat(line)
                                .startsWith(
                                        "setfit is left out: it is for up to 9 training examples a label"));
        var route = desk.compare(tried).tasks().getFirst();
        assertThat(route.candidates())
                .extracting(each -> each.name())
                .containsExactly("setfit", "linear");
        var material =
                (TrainingRequest.Labelled) desk.engines.lastTraining.orElseThrow().material();
        assertThat(material.texts()).hasSize(30);
        assertThat(material.labels()).contains(0, 1, 2).hasSize(30);
        assertThat(material.pairs()).isEqualTo(8);
        assertThat(desk.engines.lastTraining.orElseThrow().model()).isEqualTo("all-minilm-l6-v2");
        AtomicFile.write(
                folder.resolve("route/train.jsonl"),
                """
                {"text": "my invoice", "label": "billing"}
                {"text": "my brake", "label": "repair"}
                {"text": "your hours", "label": "other"}
                """);
        assertThat(desk.compare(tried).tasks().getFirst().said())
                .anySatisfy(
                        line -> assertThat(line).contains("no label has two training examples"));
    }
}
