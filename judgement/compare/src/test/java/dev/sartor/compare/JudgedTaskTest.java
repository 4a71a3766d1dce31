package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.report.Report;
import dev.sartor.compare.run.Judged;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.core.Answer;
import dev.sartor.core.Json;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The right price is the better answer.
class JudgedTaskTest {
    private static final String PROJECT =
            """
            name: desk
            documents: documents
            approaches: [zero-shot, retrieval]
            retrieval: {passages: [1]}
            judge: {model: judge, judgements: judgements.jsonl}
            tasks:
              - name: answer
                instruction: Answer from the handbook.
                metric: judge
                train: answer/train.jsonl
                validation: answer/validation.jsonl
                test: answer/test.jsonl
            """;

    @TempDir Path folder;

    private Desk desk;
    private final ScriptedJudge judge = new ScriptedJudge(JudgedTaskTest::byPrice);

    @BeforeEach
    void makeProject() {
        desk = new Desk(folder);
        desk.engines.own.put("judge", judge);
        judgements(60);
    }

    /// In every eleventh pair people and judge disagree.
    private void judgements(int pairs) {
        var rows = new StringBuilder();
        for (int i = 0; i < pairs; i++) {
            boolean isFirst = i % 2 == 0;
            boolean isOdd = i % 11 == 5;
            rows.append(
                    "{\"question\": \"What is the price of item%d\", \"first\": \"%s\", \"second\": \"%s\", \"preferred\": \"%s\"}%n"
                            .formatted(
                                    i,
                                    isFirst ? "price" + i : "no",
                                    isFirst ? "no" : "price" + i,
                                    isFirst == isOdd ? "second" : "first"));
        }
        AtomicFile.write(folder.resolve("judgements.jsonl"), rows.toString());
    }

    @Test
    void eachAnswerIsComparedWithItsReferenceAndTheScoreIsCorrectedForTheJudgesErrors() {
        var task = desk.compare(PROJECT).tasks().getFirst();
        var by = task.judge().orElseThrow();
        double factor = by.agreement().correction().factor();
        assertThat(factor).isCloseTo(50 / 60.0, within(0.02));
        var wrong = task.candidate("zero-shot");
        assertThat(wrong.score().metric()).isEqualTo("judge");
        assertThat(wrong.score().value()).isZero();
        var right = task.candidate("retrieval");
        assertThat(right.score().value()).as("the reference's own words are a tie").isEqualTo(0.5);
        assertThat(right.answers()).allMatch(each -> each.score() == 0.5);
        assertThat(right.also()).extracting(each -> each.metric()).contains("token_f1");
        var pair = task.pairWithBest(wrong).orElseThrow().comparison();
        assertThat(pair.difference()).isCloseTo(-0.5 / factor, within(1e-9));
        assertThat(pair.high() - pair.low())
                .as("all answers are alike, so that the judgements alone widen it")
                .isGreaterThan(0.05);
    }

    @Test
    void nothingIsJudgedTwice() {
        desk.compare(PROJECT);
        int asked = judge.asked;
        assertThat(asked)
                .as("judgements, wrong answers, and two baselines, in both orders")
                .isEqualTo(2 * (60 + 12 + 12 + 12));
        desk.compare(PROJECT);
        assertThat(judge.asked).isEqualTo(asked);
    }

    @Test
    void storedRunsAreMeasuredWithoutTheJudge() {
        var result = desk.compare(PROJECT);
        var runs = Runs.of(folder);
        var project = result.project();
        int asked = judge.asked;
        var run = runs.find("answer/zero-shot");
        assertThat(runs.measured(run, project).score().metric()).isEqualTo("judge");
        var task = project.task("answer").orElseThrow().task();
        assertThat(runs.compare(runs.find("answer/retrieval"), run, task).comparison().difference())
                .isGreaterThan(0.5);
        assertThat(runs.standing("answer", project).flatMap(TaskResult::judge)).isPresent();
        assertThat(judge.asked).isEqualTo(asked);
    }

    @Test
    void theReportAndTheJsonNameTheJudgeAndItsFigures() {
        var result = desk.compare(PROJECT);
        var json = Json.mapper().readTree(result.json()).get("tasks").get(0);
        assertThat(json.get("metric").stringValue()).isEqualTo("judge");
        assertThat(json.get("judge").get("model").stringValue()).isEqualTo("judge");
        assertThat(json.get("judge").get("kappa").asDouble()).isGreaterThan(0.7);
        assertThat(json.get("judge").get("refusals")).isEmpty();
        assertThat(Report.html(result, Instant.EPOCH))
                .contains("The judge judge (κ with people 0.")
                .contains("Validation chose by token_f1.");
    }

    @Test
    void aRefusedJudgeRefusesTheComparisonBeforeAnythingIsAsked() {
        desk.engines.own.put("judge", new ScriptedJudge((_, _) -> "A"));
        assertThatThrownBy(() -> desk.compare(PROJECT))
                .hasMessageContaining(
                        "task 'answer' is measured by a judge. The judge judge is refused")
                .hasMessageContaining("Its position bias is +1.00")
                .hasMessageContaining("'if_refused: token_f1' under judge");
        assertThat(desk.engines.asked).isEmpty();
    }

    @Test
    void aRefusedJudgeIsReplacedByTokenF1OnlyWhereTheProjectSaysSoAndThatIsSaid() {
        desk.engines.own.put("judge", new ScriptedJudge((_, _) -> "A"));
        var task =
                desk.compare(
                                PROJECT.replace(
                                        "judgements.jsonl}",
                                        "judgements.jsonl, if_refused: token_f1}"))
                        .tasks()
                        .getFirst();
        assertThat(task.metric()).isEqualTo("token_f1");
        assertThat(task.candidate("retrieval").score().value()).isOne();
        assertThat(task.said()).anyMatch(each -> each.startsWith("The judge judge is refused"));
        assertThat(task.judge().map(Judged.By::isRefused)).contains(true);
        assertThat(
                        Runs.of(folder)
                                .measured(task.candidate("retrieval").run(), desk.project(PROJECT))
                                .score()
                                .metric())
                .isEqualTo("token_f1");
    }

    @Test
    void tooFewJudgementsAreRefused() {
        judgements(12);
        assertThatThrownBy(() -> desk.compare(PROJECT))
                .hasMessageContaining("must hold at least 30 pairs of answers, got 12")
                .hasMessageContaining("add 18 more");
    }

    @Test
    void answersThatNobodyJudgedAreNotMeasuredByAnythingElse() throws Exception {
        var result = desk.compare(PROJECT);
        var run = result.tasks().getFirst().candidate("zero-shot").run();
        Files.delete(folder.resolve("runs").resolve(run.id()).resolve("judged.json"));
        assertThatThrownBy(() -> Runs.of(folder).standing("answer", result.project()))
                .hasMessageContaining("were not judged yet: run `sartor compare`");
    }

    @Test
    void twoRunsAnswersAreJudgedAgainstEachOther() {
        var result = desk.compare(PROJECT);
        var runs = Runs.of(folder);
        var match =
                ProjectJudge.open(result.project(), folder, desk.circumstances())
                        .match(runs.find("answer/retrieval"), runs.find("answer/zero-shot"), runs);
        assertThat(match.better()).isEqualTo(12);
        assertThat(match.judged()).isOne();
        assertThat(match.winRate().value()).isOne();
        assertThat(match.winRate().low()).isGreaterThan(0.9);
    }

    private static String byPrice(String a, String b) {
        boolean first = a.startsWith("price");
        boolean second = b.startsWith("price");
        return first == second ? "C" : first ? "A" : "B";
    }

    private static final class ScriptedJudge implements Responder {
        private static final Pattern SHOWN =
                Pattern.compile("==== answer [AB] \\w+ ====\n(.*?)\n==== end", Pattern.DOTALL);

        private final BinaryOperator<String> says;
        private int asked;

        ScriptedJudge(BinaryOperator<String> says) {
            this.says = says;
        }

        @Override
        public List<Answer> answer(List<Question> questions, Progress progress) {
            return questions.stream().map(each -> stream(each, _ -> {})).toList();
        }

        @Override
        public Answer stream(Question question, Consumer<String> onText) {
            asked++;
            var shown =
                    SHOWN.matcher(question.text()).results().map(each -> each.group(1)).toList();
            return new Answer(
                    says.apply(shown.getFirst(), shown.getLast()),
                    Answer.Finish.STOP,
                    new Answer.Usage(1, 0, 1),
                    List.of(),
                    Map.of(),
                    0);
        }

        @Override
        public void close() {}
    }
}
