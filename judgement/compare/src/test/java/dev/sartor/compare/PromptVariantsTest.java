package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.approach.ProjectCheck;
import dev.sartor.compare.approach.Provenance;
import dev.sartor.compare.report.Report;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.RunJson;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.compare.verdict.ComparisonJson;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.compare.verdict.Pairing;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Sampling;
import dev.sartor.core.work.Progress;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersion;
import dev.sartor.prompt.version.PromptVersions;
import dev.sartor.prompt.version.Shot;
import dev.sartor.remote.RemoteServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Versions of a prompt side by side in one comparison. The model knows what stands in its prompt, and the version `solved`
/// shows it an example of each label: that version is the best.
class PromptVariantsTest {
    private static final String FILE =
            PromptVersionRunsTest.FILE.replaceFirst("approaches: .*", "approaches: [zero-shot]");

    @TempDir Path folder;

    private Desk desk = new Desk(Path.of("target", "unused"));
    private PromptVersions versions = PromptVersions.of(Path.of(""), "");
    private String plain = "";
    private String solved = "";

    @BeforeEach
    void project() {
        desk = new Desk(folder);
        versions = PromptVersions.of(folder, "route");
        plain = kept(PromptContent.of("Which team?"), "shorter");
        solved = kept(solved(Readers.everyone()), "with examples");
    }

    private static PromptContent solved(Readers readers) {
        return new PromptContent(
                "Which team?",
                Optional.empty(),
                List.of(
                        Shot.of("about an invoice", "billing"),
                        Shot.of("about a brake", "repair"),
                        Shot.of("about the hours", "other")),
                readers);
    }

    private String kept(PromptContent content, String note) {
        return versions.write(
                        new PromptVersion(
                                content, Optional.empty(), Optional.of(note), Instant.EPOCH))
                .id();
    }

    private static String at(String candidate, String id) {
        return candidate + "@" + id.substring(0, 8);
    }

    private static String with(String... ids) {
        return FILE + "    prompts: ['" + String.join("', '", ids) + "']\n";
    }

    private TaskResult compared(String yaml) {
        return desk.compare(yaml).tasks().getFirst();
    }

    private Candidate candidate(Run run, String yaml) {
        return Candidate.open(desk.project(yaml), folder, run, desk.circumstances());
    }

    private Run run(String candidate) {
        return Runs.of(folder).find("route/" + candidate);
    }

    private static Question question(String id, String text) {
        return new Question(
                id,
                List.of(Message.user(text)),
                new AnswerForm.OneOf(List.of("billing", "repair", "other")),
                Sampling.greedy(),
                Principal.local());
    }

    private String asked(Candidate candidate) {
        candidate
                .responder()
                .answer(List.of(question("now", "case1 about my brake")), Progress.silent());
        return desk.engines.asked.getLast().messages().getFirst().content();
    }

    @Test
    void whatShowsAnUntrainedModelAPromptIsTriedWithEachVersionOnEachModel() {
        var yaml =
                with(plain)
                        .replace(
                                "approaches: [zero-shot]",
                                "models: [maker/small-one]\napproaches: [nearest, zero-shot, few-shot, tune]");
        var result = compared(yaml);
        assertThat(result.candidates())
                .extracting(Measured::name)
                .containsExactly(
                        "nearest",
                        "zero-shot",
                        "few-shot",
                        "tuned",
                        "small-one zero-shot",
                        "small-one few-shot",
                        "small-one tuned",
                        at("zero-shot", plain),
                        at("few-shot", plain),
                        at("small-one zero-shot", plain),
                        at("small-one few-shot", plain));
        assertThat(desk.engines.trainings).as("none for a version").isEqualTo(2);
        var run = result.candidate(at("small-one few-shot", plain)).run();
        assertThat(run.id()).startsWith("route-small-one-few-shot-" + plain.substring(0, 8) + "-");
        assertThat(run.recipe().model()).isEqualTo("maker/small-one");
        assertThat(run.promptVersion()).contains(plain);
        assertThat(run.isVariant()).isTrue();
        assertThat(run.candidateOfOwnPrompt()).isEqualTo("small-one few-shot");
        assertThat(result.candidate("few-shot").run().isVariant()).isFalse();
    }

    @Test
    void remoteModelsAreTriedWithEachVersionToo() throws IOException {
        try (var server = RemoteServer.patient()) {
            server.repeatsTheQuestionButTheFirstLate();
            var yaml =
                    with(plain)
                            + "remotes: [{name: large, url: '%s', model: large-1}]%n"
                                    .formatted(server.remote.url());
            assertThat(compared(yaml).candidates())
                    .extracting(Measured::name)
                    .containsExactly(
                            "zero-shot",
                            "large zero-shot",
                            at("zero-shot", plain),
                            at("large zero-shot", plain));
        }
    }

    @Test
    void theVerdictNamesTheVersionAndTheReportItsNote() {
        var comparison = desk.compare(with(plain, solved));
        var result = comparison.tasks().getFirst();
        assertThat(result.candidate("zero-shot").score().value()).isEqualTo(1 / 3.0);
        assertThat(result.candidate(at("zero-shot", solved)).score().value()).isEqualTo(1);
        assertThat(result.verdict().candidate()).isEqualTo(at("zero-shot", solved));
        assertThat(result.said())
                .contains(
                        "Candidates with @%s have version %s (with examples)."
                                .formatted(solved.substring(0, 8), solved),
                        "Candidates without @ have the task's own prompt, version "
                                + run("zero-shot").promptVersion().orElseThrow()
                                + ".");
        assertThat(Report.html(comparison, Instant.EPOCH))
                .contains("(with examples)", at("zero-shot", solved));
        var json = RunJson.line(ComparisonJson.of(comparison));
        assertThat(json)
                .contains(
                        "\"name\":\"%s\"".formatted(at("zero-shot", solved)),
                        "\"prompt_version\":\"" + solved + "\"");
    }

    @Test
    void runsOfVersionsAreKeptAndFoundAgain() {
        var first = compared(with(plain, solved));
        int asked = desk.engines.asked.size();
        assertThat(compared(with(solved)).candidates())
                .extracting(each -> each.run().id())
                .containsExactly(
                        first.candidate("zero-shot").run().id(),
                        first.candidate(at("zero-shot", solved)).run().id());
        compared(FILE);
        assertThat(desk.engines.asked).as("nothing is measured twice").hasSize(asked);
    }

    @Test
    void theWinnerIsServedWithTheVersionThatItWasMeasuredWith() {
        var own = kept(PromptContent.of("Own."), "own");
        versions.promote(own);
        var yaml = with(plain, solved) + "    prompt: promoted\n";
        compared(yaml);
        var winner = Runs.of(folder).chosen("route").orElseThrow();
        assertThat(winner.candidate()).isEqualTo(at("zero-shot", solved));
        try (var candidate = candidate(winner, yaml)) {
            assertThat(candidate.prompt().orElseThrow().id()).isEqualTo(solved);
            assertThat(candidate.followsPromoted()).isFalse();
            var stored = Runs.of(folder).answers(winner);
            var again = stored.stream().map(each -> question(each.id(), each.question())).toList();
            assertThat(candidate.responder().answer(again, Progress.silent()))
                    .extracting(Answer::text)
                    .isEqualTo(stored.stream().map(StoredAnswer::answer).toList());
            assertThat(asked(candidate)).startsWith("Which team?");
            assertThat(candidate.validate(Progress.silent()).score().value()).isEqualTo(1);
        }
        try (var candidate = candidate(run("zero-shot"), yaml)) {
            assertThat(candidate.followsPromoted()).isTrue();
            assertThat(asked(candidate)).startsWith("Own.");
        }
    }

    @Test
    void aVersionThatIsPromotedAfterwardsIsMeasuredAlready() {
        var own = kept(PromptContent.of("Own."), "own");
        versions.promote(own);
        var yaml = with(plain) + "    prompt: promoted\n";
        compared(yaml);
        versions.promote(plain);
        try (var candidate = candidate(run("zero-shot"), yaml)) {
            assertThat(candidate.prompt().orElseThrow().id()).isEqualTo(plain);
            assertThat(candidate.isMeasured(candidate.prompt().orElseThrow())).isTrue();
        }
        var result = compared(yaml);
        assertThat(result.candidates()).extracting(Measured::name).containsExactly("zero-shot");
        assertThat(result.said())
                .contains(
                        "The version "
                                + plain
                                + " that prompts names is promoted: it is the task's own prompt, and tried as that.");
    }

    @Test
    void aRunOfAVersionIsServedThoughThatIsNoLongerTriedAndRefusedOnceItIsGone()
            throws IOException {
        compared(with(plain));
        var run = run(at("zero-shot", plain));
        try (var candidate = candidate(run, FILE)) {
            assertThat(asked(candidate)).startsWith("Which team?");
        }
        Files.delete(versions.file(plain));
        assertThatThrownBy(() -> candidate(run, FILE))
                .hasMessageContaining("was made with the version " + plain)
                .hasMessageContaining("Put it back");
    }

    private String recordedTasks(String candidate) {
        var place = folder.resolve("runs").resolve(run(candidate).id());
        return String.valueOf(Provenance.read(place).orElseThrow().settings().get("tasks"));
    }

    @Test
    void aRunOfAVersionIsRecordedAndRepeatedWithIt() {
        compared(with(plain, solved));
        var name = at("zero-shot", solved);
        assertThat(recordedTasks(name)).contains("prompts=[" + solved + "]", "prompt=" + solved);
        assertThat(recordedTasks("zero-shot"))
                .as("a run with the task's own prompt does not change with what else is tried")
                .doesNotContain("prompts");
        var recorded = Recorded.find(folder, "route/" + name).getFirst();
        var outcome = new Repetition(recorded, recorded.project(), desk.circumstances()).run(false);
        assertThat(outcome.changes()).isEmpty();
        assertThat(outcome.isSame()).isTrue();
        assertThat(outcome.answers()).isEqualTo(90);
    }

    @Test
    void eachVersionIsACandidateMoreForTheErrorThatAllShare() {
        var first = kept(PromptContent.of("A?"), "first");
        var second = kept(PromptContent.of("B?"), "second");
        var two = compared(with(solved)).pairings();
        var four = compared(with(solved, first, second)).pairings();
        assertThat(two).hasSize(1);
        assertThat(four).hasSize(6);
        var one = two.getFirst();
        var same =
                four.stream()
                        .filter(each ->
                                each.first().equals(one.first())
                                        && each.second().equals(one.second()))
                        .findFirst()
                        .orElseThrow();
        assertThat(same.comparison().low()).isEqualTo(one.comparison().low());
        assertThat(width(same)).isGreaterThan(width(one));
    }

    private static double width(Pairing pair) {
        return pair.simultaneous().high() - pair.simultaneous().low();
    }

    @Test
    void fewShotWithAVersionThatHasExamplesIsLeftOut() {
        var result =
                compared(
                        with(solved)
                                .replace(
                                        "approaches: [zero-shot]",
                                        "approaches: [zero-shot, few-shot]"));
        assertThat(result.candidates())
                .extracting(Measured::name)
                .containsExactly("zero-shot", "few-shot", at("zero-shot", solved));
        assertThat(result.said())
                .contains(
                        at("few-shot", solved)
                                + " is left out: the prompt's version "
                                + solved
                                + " has 3 examples of its own, and zero-shot shows them as well.");
    }

    @Test
    void whoMayNotReadAVersionIsNotAnsweredByItsCandidates() {
        var sales = Readers.anyOf(List.of("group:sales", "local"));
        var id = kept(solved(sales), "for sales");
        compared(with(id));
        assertThat(run(at("zero-shot", id)).mayCall()).isEqualTo(sales);
        assertThat(run("zero-shot").mayCall().isEveryone()).isTrue();
        try (var candidate = candidate(run(at("zero-shot", id)), with(id))) {
            assertThat(candidate.mayCall()).isEqualTo(sales);
        }
    }

    @Test
    void aVersionDecidesByItsOwnConfidence() {
        var yaml = with(plain, solved) + "    precision: 0.6\n";
        compared(yaml);
        var run = run(at("zero-shot", solved));
        assertThat(run.setup().abstention()).isPresent();
        try (var candidate = candidate(run, yaml)) {
            assertThat(asked(candidate)).startsWith("Which team?");
        }
        assertThat(ProjectCheck.of(desk.project(yaml)).problems()).isEmpty();
    }
}
