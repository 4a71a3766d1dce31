package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.run.Run;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Origin;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Sampling;
import dev.sartor.core.work.Progress;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersion;
import dev.sartor.prompt.version.PromptVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs name the version of the prompt that they measured, and candidates have the version that counts.
class PromptVersionRunsTest {
    private static final String IN_FILE = "Say which team the message is for.";
    static final String FILE =
            """
            name: desk
            approaches: [zero-shot, few-shot, tune]
            few_shot: {counts: [1, 4]}
            racing: false
            tasks:
              - name: route
                instruction: Say which team the message is for.
                labels: [billing, repair, other]
                margin: 0.08
                train: route/train.jsonl
                validation: route/validation.jsonl
                test: route/test.jsonl
            """;

    @TempDir Path folder;

    private Desk desk = new Desk(Path.of("target", "unused"));
    private PromptVersions versions = PromptVersions.of(Path.of(""), "");

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        versions = PromptVersions.of(folder, "route");
    }

    private String kept(PromptContent content) {
        return versions.write(
                        new PromptVersion(
                                content, Optional.empty(), Optional.empty(), Instant.EPOCH))
                .id();
    }

    private static String with(String prompt) {
        return FILE + "    prompt: " + prompt + "\n";
    }

    private Run run(String candidate) {
        return Runs.of(folder).find("route/" + candidate);
    }

    private Candidate candidate(String name, String yaml) {
        return Candidate.open(desk.project(yaml), folder, run(name), desk.circumstances());
    }

    private static Example row(String text, String label, Readers readers) {
        return new Example(
                text,
                List.of(Message.user(text)),
                List.of(label),
                readers,
                new Origin("train.jsonl", 1));
    }

    private static PromptContent shown(Readers readers) {
        return PromptContent.of("Which team?")
                .withExamples(
                        List.of(
                                row("about an invoice", "billing", readers),
                                row("about a brake", "repair", readers),
                                row("about the hours", "other", readers)));
    }

    private String asked(Candidate candidate) {
        candidate.responder().answer(List.of(question("case1 about my brake")), Progress.silent());
        return desk.engines.asked.getLast().messages().getFirst().content();
    }

    private static Question question(String text) {
        return new Question(
                "now",
                List.of(Message.user(text)),
                new AnswerForm.OneOf(List.of("billing", "repair", "other")),
                Sampling.greedy(),
                Principal.local());
    }

    @Test
    void theSameWordsAreTheSameRunWhereverTheyStand() {
        desk.compare(FILE);
        var before = Runs.of(folder).list().stream().map(Run::id).toList();
        assertThat(run("zero-shot").promptVersion()).contains(PromptContent.of(IN_FILE).id());
        int asked = desk.engines.asked.size();
        desk.compare(with(kept(PromptContent.of(IN_FILE))));
        assertThat(Runs.of(folder).list().stream().map(Run::id).toList()).isEqualTo(before);
        assertThat(desk.engines.asked).hasSize(asked);
    }

    @Test
    void anotherVersionIsMeasuredAnewAndTheOldOneIsFoundAgain() {
        desk.compare(FILE);
        var old = run("zero-shot");
        versions.promote(kept(PromptContent.of("Which team?")));
        desk.compare(with("promoted"));
        var now = run("zero-shot");
        assertThat(now.id()).isNotEqualTo(old.id());
        assertThat(now.promptVersion()).contains(PromptContent.of("Which team?").id());
        int questions = desk.engines.asked.size();
        desk.compare(FILE);
        assertThat(desk.engines.asked).hasSize(questions);
    }

    @Test
    void theExamplesOfAVersionStandBeforeEveryQuestionOfEveryCandidate() {
        var result = desk.compare(with(kept(shown(Readers.everyone()))));
        assertThat(result.tasks().getFirst().said())
                .anyMatch(line -> line.contains("few-shot is left out: the prompt's version"));
        // The model knows what stands in its prompt.
        assertThat(Runs.of(folder).measured(run("zero-shot"), desk.project(FILE)).score().value())
                .isEqualTo(1);
        assertThat(desk.engines.request.orElseThrow().examples().getFirst().input())
                .extracting(Message::content)
                .contains("about an invoice", "billing");
    }

    @Test
    void whatIsServedHasThePromotedVersionAndKeepsWhatValidationChoseForIt() {
        desk.compare(FILE);
        var old = PromptContent.of(IN_FILE);
        kept(old);
        versions.promote(kept(PromptContent.of("Which team?")));
        try (var candidate = candidate("few-shot", with("promoted"))) {
            assertThat(candidate.swapsPrompt()).isTrue();
            assertThat(asked(candidate)).startsWith("Which team?");
            assertThat(candidate.isMeasured(candidate.prompt().orElseThrow())).isFalse();
            assertThat(candidate.isMeasured(old)).isTrue();
            var again = candidate.under(old);
            again.answer(List.of(question("case1 about my brake")), Progress.silent());
            assertThat(desk.engines.asked.getLast().messages().getFirst().content())
                    .startsWith(IN_FILE);
        }
        desk.compare(with("promoted"));
        try (var candidate = candidate("few-shot", with("promoted"))) {
            assertThat(candidate.isMeasured(candidate.prompt().orElseThrow())).isTrue();
        }
    }

    @Test
    void anAnswerUnderAVersionThatWasNotMeasuredMustNotDecideByItsConfidence() {
        var precise = FILE + "    precision: 0.6\n";
        desk.compare(precise);
        var id = kept(PromptContent.of("Which team?"));
        try (var candidate = candidate("zero-shot", precise)) {
            assertThatThrownBy(() -> candidate.under(versions.read(id).content()))
                    .hasMessageContaining("was not measured with zero-shot")
                    .hasMessageContaining("run `sartor compare route` first");
        }
        desk.compare(precise + "    prompt: " + id + "\n");
        try (var candidate = candidate("zero-shot", precise + "    prompt: " + id + "\n")) {
            assertThat(asked(candidate)).startsWith("Which team?");
        }
    }

    @Test
    void aTunedCandidateKeepsTheVersionThatItWasTrainedWith() throws IOException {
        var first = kept(PromptContent.of("First."));
        versions.promote(first);
        desk.compare(with("promoted"));
        var second = kept(PromptContent.of("Second."));
        versions.promote(second);
        try (var candidate = candidate("tuned", with("promoted"))) {
            assertThat(candidate.swapsPrompt()).isFalse();
            assertThat(candidate.prompt().orElseThrow().id()).isEqualTo(first);
            assertThat(asked(candidate)).startsWith("First.");
            assertThatThrownBy(() -> candidate.under(versions.read(second).content()))
                    .hasMessageContaining("was trained with its prompt")
                    .hasMessageContaining("sartor compare route");
        }
        Files.delete(versions.file(first));
        assertThatThrownBy(() -> candidate("tuned", with("promoted")))
                .hasMessageContaining("was made with the version " + first)
                .hasMessageContaining("Put it back, or run `sartor compare` again");
    }

    @Test
    void aRunIsRepeatedWithItsVersionWhateverIsPromotedSince() {
        var id = kept(shown(Readers.everyone()));
        versions.promote(id);
        desk.compare(with("promoted"));
        versions.promote(kept(PromptContent.of("Second.")));
        var recorded = Recorded.find(folder, "route/zero-shot").getFirst();
        var project = recorded.project();
        assertThat(project.tasks().getFirst().content().id()).isEqualTo(id);
        var outcome = new Repetition(recorded, project, desk.circumstances()).run(false);
        assertThat(outcome.changes()).isEmpty();
        assertThat(outcome.isSame()).isTrue();
    }

    @Test
    void whoMayNotReadAnExampleIsNotAnsweredAndSharesNoPrefix() {
        var sales = Readers.anyOf(List.of("group:sales", "local"));
        var id = kept(shown(sales));
        desk.compare(with(id));
        assertThat(run("zero-shot").mayCall()).isEqualTo(sales);
        try (var candidate = candidate("zero-shot", with(id))) {
            assertThat(candidate.mayCall()).isEqualTo(sales);
            assertThat(asked(candidate)).startsWith("Which team?");
            assertThat(desk.engines.asked.getLast().opening()).isEmpty();
            assertThat(candidate.mayCall(PromptContent.of("Other."))).isEqualTo(sales);
        }
    }
}
