package dev.sartor.compare.approach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sartor.compare.Candidate;
import dev.sartor.compare.Runs;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.RunJson;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.project.Project;
import dev.sartor.project.ProjectSchema;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.StandInApproaches;
import dev.sartor.project.setting.TaskSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What holds of each approach, whichever there are; {@link FirstExamples}, which the product does not have, is among them.
class EveryApproachTest {
    private static final String PROJECT =
            Desk.PROJECT.replaceFirst(
                    "approaches: .*",
                    ApproachName.all().stream()
                            .map(ApproachName::wireName)
                            .collect(Collectors.joining(", ", "approaches: [", "]")));

    @TempDir Path folder;
    private Desk desk;

    @BeforeEach
    void project() {
        desk = new Desk(folder);
        desk.engines.window = OptionalInt.of(2000);
    }

    @TestFactory
    Stream<DynamicTest> itIsComparedRecordedAndServed() {
        desk.compare(PROJECT);
        var project = desk.project(PROJECT);
        return ApproachName.all().stream()
                .filter(name -> !name.combines()) // CascadeTest shows the same of it.
                .map(name ->
                        dynamicTest(
                                name.wireName(),
                                () -> {
                                    var approach = Approach.of(name);
                                    var task = task(project, approach);
                                    var run =
                                            Runs.of(folder)
                                                    .find(task.name() + "/" + approach.candidate());
                                    isRecorded(project, approach, run);
                                    isServed(project, run);
                                }));
    }

    /// The one with free text, where the approach can do that.
    private static TaskSettings task(Project project, Approach approach) {
        var answer = project.task("answer").orElseThrow();
        return approach.suits(answer) ? answer : project.task("route").orElseThrow();
    }

    private void isRecorded(Project project, Approach approach, Run run) {
        var task = task(project, approach);
        var recipe = run.recipe();
        assertThat(recipe.approach()).isSameAs(approach);
        assertThat(RunJson.line(run)).contains("\"approach\":\"" + approach.wireName() + "\"");
        assertThat(recipe.choices()).isEqualTo(approach.choices(task));
        assertThat(recipe.settings()).isEqualTo(RunJson.settings(approach.settings(task)));
        assertThat(run.adapter().isPresent()).isEqualTo(approach.isTuned());
        assertThat(run.digests().containsKey("documents")).isEqualTo(approach.usesDocuments());
        assertThat(run.digests().containsKey("embedder")).isEqualTo(approach.usesEmbedder(task));
        assertThat(run.setup().shown().isPresent()).isEqualTo(approach.search(task).isPresent());
        var madeOf = Provenance.read(folder.resolve("runs").resolve(run.id())).orElseThrow();
        assertThat(madeOf.settings())
                .containsEntry("approaches", List.of(approach.wireName()))
                .satisfies(all ->
                        assertThat(all.containsKey("documents"))
                                .isEqualTo(approach.usesDocuments()));
    }

    private void isServed(Project project, Run run) {
        var stored = Runs.of(folder).answers(run);
        var questions = stored.stream().map(EveryApproachTest::again).toList();
        try (var candidate = Candidate.open(project, folder, run, desk.circumstances())) {
            assertThat(candidate.responder().answer(questions, Progress.silent()))
                    .extracting(Answer::text)
                    .isEqualTo(stored.stream().map(StoredAnswer::answer).toList());
        }
    }

    private static Question again(StoredAnswer answer) {
        return new Question(
                answer.id(),
                List.of(Message.user(answer.question())),
                new AnswerForm.FreeText(64),
                Sampling.greedy(),
                Principal.local());
    }

    @Test
    void theProjectFileTakesTheRegistrysNamesAndSaysWhatOneNeeds() {
        assertThat(ProjectSchema.text()).contains("\"first-examples\"");
        assertThatThrownBy(() -> desk.project(PROJECT.replace("zero-shot,", "zero-shots,")))
                .hasMessageContaining("'zero-shots' is none of its values");
        assertThatThrownBy(() ->
                        desk.project(
                                Desk.PROJECT
                                        .replaceFirst(
                                                "approaches: .*", "approaches: [first-examples]")
                                        .replace("    train: route/train.jsonl\n", "")))
                .hasMessageContaining(
                        "tasks[0].train is missing: first-examples learn from examples.");
    }

    @Test
    void anApproachThatIsNotThereIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> ApproachName.of("few-shots"))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("there is no approach 'few-shots'")
                .hasMessageContaining("'few-shot'");
    }

    @Test
    void theStandInsOfTheProjectsTestsNeedTheSame() {
        assertThat(ApproachName.all())
                .filteredOn(each -> !(each instanceof FirstExamples))
                .extracting(EveryApproachTest::needs)
                .isEqualTo(StandInApproaches.all().stream().map(EveryApproachTest::needs).toList());
        for (var counts : List.of("[1]", "[1, 4]")) {
            var task =
                    desk.project(
                                    Desk.PROJECT.replaceAll(
                                            "(counts|passages): [^}]*", "$1: " + counts))
                            .tasks()
                            .getFirst();
            for (var each : StandInApproaches.all()) {
                assertThat(ApproachName.of(each.wireName()).chooses(task))
                        .as(each.wireName() + " of " + counts)
                        .isEqualTo(each.chooses(task));
            }
        }
    }

    private static Map<String, Object> needs(ApproachName name) {
        return Map.of(
                "name", name.wireName(),
                "documents", name.usesDocuments(),
                "whole", name.readsDocumentsWhole(),
                "model", name.usesModel(),
                "training", name.usesTraining(),
                "tuned", name.isTuned(),
                "embedder", name.tunesEmbedder());
    }
}
