package dev.sartor.compare.approach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.compare.Comparison;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.core.Answer;
import dev.sartor.core.Message;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.Role;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Progress;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersion;
import dev.sartor.prompt.version.PromptVersions;
import dev.sartor.prompt.version.Shot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Solved examples and passages before one question.
class FewShotRetrievalTest {
    private static final String BOTH = "few-shot+retrieval";
    private static final String PROJECT =
            Desk.PROJECT
                    .replaceFirst("approaches: .*", "approaches: [retrieval, few-shot+retrieval]")
                    .replaceFirst("(?s)  - name: route.*?(  - name: answer)", "$1");

    @TempDir Path folder;
    private Desk desk;

    @BeforeEach
    void project() {
        desk = new Desk(folder);
        // Examples that are not more like a question than its passage is: the model goes by that.
        var rows = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            rows.append(
                    "{\"prompt\": \"Price item%d\", \"completion\": \"%s\"}%n"
                            .formatted(i, "dear ".repeat(8).strip()));
        }
        AtomicFile.write(folder.resolve("answer/train.jsonl"), rows.toString());
    }

    private TaskResult compared(String yaml) {
        return desk.compare(yaml).tasks().getFirst();
    }

    private List<Question> askedWithExamples() {
        return desk.engines.asked.stream()
                .filter(each -> each.messages().stream().anyMatch(FewShotRetrievalTest::isAnswer))
                .toList();
    }

    private static boolean isAnswer(Message message) {
        return message.role() == Role.ASSISTANT;
    }

    @Test
    void examplesStandBeforeTheQuestionAndPassagesAtTheQuestionAlone() {
        assertThat(compared(PROJECT).candidate(BOTH).score().value()).isGreaterThan(0.9);
        var asked = askedWithExamples();
        assertThat(asked).isNotEmpty();
        for (var question : asked) {
            var before = question.messages().subList(0, question.messages().size() - 1);
            assertThat(before).noneMatch(each -> each.content().contains("crowns"));
            assertThat(before.getLast().role()).isEqualTo(Role.ASSISTANT);
            assertThat(question.text())
                    .contains("[1] item")
                    .contains("Question: What is the price");
            assertThat(question.opening())
                    .as("which examples are shown depends on what is asked")
                    .noneMatch(FewShotRetrievalTest::isAnswer);
        }
    }

    @Test
    void validationChoosesBothNumbersAndTheSmallerOfEqualsAreTaken() {
        var setup = compared(PROJECT).candidate(BOTH).run().setup();
        assertThat(setup.validation()).containsOnlyKeys("1", "2", "1 examples", "4 examples");
        assertThat(setup.chosen()).isEqualTo(1);
        assertThat(setup.shown().flatMap(Run.Shown::examples)).contains(1);
        assertThat(compared(PROJECT).candidate("retrieval").run().setup().shown().orElseThrow())
                .satisfies(shown -> assertThat(shown.examples()).isEmpty());
    }

    /// With two passages each time, so that their order is chosen, too.
    @Test
    void theOrderOfPassagesIsChosenBesideTheChosenExamples() {
        var yaml = PROJECT.replace("passages: [1, 2]", "passages: [2]");
        assertThat(compared(yaml).candidate(BOTH).run().setup().validation())
                .containsOnlyKeys("1 examples", "4 examples", "2 best-first", "2 best-last");
    }

    @Test
    void aNumberOfExamplesThatDoesNotFitIsNotTriedAndThatIsSaid() {
        var said = new ArrayList<String>();
        int words = 90;
        var model = desk.engines.base("any");
        desk.engines.own.put("smollm2-135m-instruct", new Narrow(model, words));
        desk.engines.window = OptionalInt.of(words);
        var there = desk.circumstances();
        var heard =
                new Circumstances(
                        there.engines(),
                        there.environment(),
                        new Progress() {
                            @Override
                            public Step begin(String what, long total, String unit) {
                                return Progress.silent().begin(what, total, unit);
                            }

                            @Override
                            public void say(String line) {
                                said.add(line);
                            }
                        },
                        there.cancellation(),
                        there.clock(),
                        there.version());
        var yaml = PROJECT.replace("counts: [1, 4]", "counts: [1, 12]");
        var result = new Comparison(desk.project(yaml), folder, heard).run().tasks().getFirst();
        assertThat(said)
                .contains(
                        "answer: few-shot+retrieval with 12 examples does not fit the model's context and was not"
                                + " tried");
        var setup = result.candidate(BOTH).run().setup();
        assertThat(setup.validation()).containsKey("1 examples").doesNotContainKey("12 examples");
    }

    /// Refuses prompts of more words, as a model does whose context is full.
    private record Narrow(Responder inner, int words) implements Responder {
        @Override
        public List<Answer> answer(List<Question> questions, Progress progress) {
            for (var each : questions) {
                if (room(each).orElseThrow() < 0) {
                    throw SartorException.tooLong("the prompt is too long");
                }
            }
            return inner.answer(questions, progress);
        }

        @Override
        public Answer stream(Question question, Consumer<String> onText) {
            return inner.stream(question, onText);
        }

        @Override
        public OptionalInt room(Question question) {
            return inner.room(question);
        }

        @Override
        public void close() {}
    }

    @Test
    void whoMayNotReadAnExampleIsNotAnswered() throws IOException {
        var file = folder.resolve("answer/train.jsonl");
        AtomicFile.write(
                file,
                Files.readString(file)
                        .replaceFirst("\"}", "\", \"readers\": [\"group:sales\", \"local\"]}"));
        var result = compared(PROJECT);
        assertThat(result.candidate(BOTH).run().mayCall())
                .isEqualTo(Readers.anyOf(List.of("group:sales", "local")));
        assertThat(result.candidate("retrieval").run().mayCall().isEveryone()).isTrue();
    }

    @Test
    void aPromptWithExamplesOfItsOwnMakesItRetrieval() {
        var shown =
                new PromptContent(
                        "Answer from the handbook.",
                        Optional.empty(),
                        List.of(Shot.of("What is a crown?", "money")),
                        Readers.everyone());
        var id =
                PromptVersions.of(folder, "answer")
                        .write(
                                new PromptVersion(
                                        shown, Optional.empty(), Optional.empty(), Instant.EPOCH))
                        .id();
        var yaml = PROJECT + "    prompt: " + id + "\n";
        var result = compared(yaml);
        assertThat(result.candidates()).extracting(Measured::name).containsExactly("retrieval");
        assertThat(result.said())
                .containsExactly(
                        "few-shot+retrieval is left out: the prompt's version "
                                + id
                                + " has 1 examples of its own, and retrieval shows them as well.");
        assertThat(compared(yaml.replace("[retrieval, ", "[")).candidates())
                .extracting(Measured::name)
                .containsExactly(BOTH);
    }

    @Test
    void otherNumbersOfExamplesAreAnotherRun() {
        var before = compared(PROJECT).candidate(BOTH).run();
        assertThat(compared(PROJECT).candidate(BOTH).run()).isEqualTo(before);
        var other = compared(PROJECT.replace("counts: [1, 4]", "counts: [1, 2]"));
        assertThat(other.candidate(BOTH).run().id()).isNotEqualTo(before.id());
        assertThat(before.recipe().settings()).containsOnlyKeys("retrieval", "few_shot");
    }

    @Test
    void itIsTriedWhereItIsNamedAlone() {
        assertThat(desk.project(Desk.PROJECT.replaceFirst("approaches: .*\n", "")).approaches())
                .extracting(each -> each.wireName())
                .doesNotContain(BOTH);
    }
}
