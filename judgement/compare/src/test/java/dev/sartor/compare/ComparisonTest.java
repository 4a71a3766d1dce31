package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.run.CheckedAnswer;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.compare.verdict.ComparisonResult;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.core.Json;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.ReadersFile;
import dev.sartor.core.work.Progress;
import dev.sartor.prompt.PassageOrder;
import dev.sartor.remote.RemoteServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    @TempDir Path folder;

    private Desk desk;

    @BeforeEach
    void makeProject() {
        desk = new Desk(folder);
    }

    private static TaskResult task(ComparisonResult result, String name) {
        return result.tasks().stream()
                .filter(each -> each.task().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double score(ComparisonResult result, String task, String candidate) {
        return task(result, task).candidate(candidate).score().value();
    }

    @Test
    void behaviourIsLearnedByTuningAndFactsComeFromRetrieval() {
        var result = desk.compare();
        assertThat(score(result, "route", "zero-shot")).isEqualTo(1 / 3.0);
        assertThat(score(result, "route", "few-shot")).isGreaterThan(0.9);
        assertThat(score(result, "route", "tuned")).isEqualTo(1);
        assertThat(score(result, "answer", "tuned")).isZero();
        assertThat(score(result, "answer", "retrieval")).isGreaterThan(0.9);
        assertThat(task(result, "route").verdict().candidate()).isIn("few-shot", "tuned");
        assertThat(result.machine().gflops()).isEqualTo(930);
    }

    @Test
    void everyCandidateAnswersTheSameTestExamplesOnce() {
        var result = desk.compare();
        var ids =
                task(result, "route").candidates().stream()
                        .map(each -> each.answers().stream().map(StoredAnswer::id).toList())
                        .collect(Collectors.toSet());
        assertThat(ids).hasSize(1);
        // Five candidates, each asked once for a label and once for free text.
        assertThat(desk.testQuestions()).isEqualTo(5 * 2 * 90);
    }

    @Test
    void validationChoosesAndTheSmallerOfEqualsIsTaken() {
        var result = desk.compare();
        var setup = task(result, "route").candidate("few-shot").run().setup();
        assertThat(setup.validation()).containsOnlyKeys("1", "4");
        assertThat(setup.chosen()).isEqualTo(1);
        assertThat(task(result, "route").candidate("tuned").run().setup().validation())
                .containsOnlyKeys("epoch 1");
    }

    @Test
    void freeTextIsShownBesideTheChoiceAmongLabels() {
        var zeroShot = task(desk.compare(), "route").candidate("zero-shot");
        assertThat(zeroShot.answers().getFirst().answer()).isEqualTo("billing");
        assertThat(zeroShot.answers().getFirst().freeText()).contains("nothing");
        assertThat(zeroShot.freeText().orElseThrow().value()).isZero();
        assertThat(zeroShot.also()).extracting("metric").containsExactly("macro_f1");
    }

    @Test
    void theTunedCandidatesOfATaskShareOneAdapter() {
        var result = desk.compare();
        assertThat(desk.engines.trainings).isEqualTo(2);
        var tuned = task(result, "answer").candidate("tuned").run();
        var both = task(result, "answer").candidate("tuned+retrieval").run();
        assertThat(both.adapter()).isPresent().isEqualTo(tuned.adapter());
        assertThat(tuned.setup().adapterShare()).isEqualTo(0.01);
        assertThat(tuned.setup().trainingSeconds()).isEqualTo(30);
        assertThat(both.setup().seconds()).isGreaterThanOrEqualTo(30);
        assertThat(tuned.setup().curve()).hasSize(2);
    }

    @Test
    void anAdapterOfItsOwnLearnsFromPromptsWithPassages() {
        desk.compare(Desk.PROJECT + "tune_retrieval: {own_training: true}\n");
        assertThat(desk.engines.trainings).isEqualTo(4);
    }

    @Test
    void whatIsFinishedIsNeverRepeated() {
        var first = desk.compare();
        int asked = desk.engines.asked.size();
        var second = desk.compare();
        assertThat(desk.engines.asked).hasSize(asked);
        assertThat(desk.engines.trainings).isEqualTo(2);
        assertThat(second.tasks()).isEqualTo(first.tasks());
    }

    @Test
    void changedDataIsMeasuredAnew() throws IOException {
        desk.compare();
        int runs = Runs.of(folder).list().size();
        var test = folder.resolve("route/test.jsonl");
        AtomicFile.write(
                test,
                Files.readString(test) + "{\"text\": \"one more brake\", \"label\": \"repair\"}\n");
        var result = desk.compare();
        assertThat(task(result, "route").testRows()).isEqualTo(91);
        assertThat(Runs.of(folder).list()).hasSize(runs + 5);
    }

    @Test
    void aStoppedComparisonGoesOnWhereItWas() {
        // In the first 64 test examples, each asked twice, which come after all validation.
        desk.engines.stopAfter = 200;
        assertThatThrownBy(desk::compare)
                .isInstanceOfSatisfying(
                        SartorException.class,
                        e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.STOPPED))
                .hasMessageContaining("the same command");
        assertThat(Runs.of(folder).list()).isEmpty();
        var resumed = new Desk(folder);
        var result = resumed.compare();
        // 64 of the first candidate's 90 test examples were kept.
        assertThat(resumed.testQuestions()).isEqualTo(5 * 2 * 90 - 2 * 64);
        assertThat(score(result, "route", "zero-shot")).isEqualTo(1 / 3.0);
        assertThat(task(result, "route").candidate("zero-shot").answers()).hasSize(90);
    }

    @Test
    void whatNoPassageSupportsIsCountedForEveryCandidateWithDocuments() {
        var result = desk.compare();
        var retrieval = task(result, "answer").candidate("retrieval");
        var tuned = task(result, "answer").candidate("tuned");
        assertThat(retrieval.unsupported().orElseThrow().value()).isZero();
        assertThat(retrieval.checks()).allMatch(CheckedAnswer::isShown);
        assertThat(tuned.unsupported().orElseThrow().value()).isGreaterThan(0.5);
        assertThat(tuned.checks()).noneMatch(CheckedAnswer::isShown);
        assertThat(tuned.answers().getFirst().passages()).isEmpty();
        assertThat(task(result, "route").candidate("tuned").unsupported()).isEmpty();
        var json = Json.mapper().readTree(result.json());
        assertThat(json.at("/tasks/1/candidates/0/unsupported/value").isNumber()).isTrue();
        var stored = Runs.of(folder).measured(tuned.run(), desk.project(Desk.PROJECT));
        assertThat(stored.unsupported()).isEqualTo(tuned.unsupported());
    }

    @Test
    void otherDocumentsAreCheckedAgainWithoutAskingAgain() {
        var yaml =
                Desk.PROJECT.replace(
                        "[zero-shot, few-shot, retrieval, tune, tune+retrieval]", "[zero-shot]");
        var before = task(desk.compare(yaml), "answer").candidate("zero-shot");
        assertThat(before.unsupported().orElseThrow().value()).isEqualTo(1);
        int asked = desk.engines.asked.size();
        for (int i = 18; i < 30; i++) {
            AtomicFile.write(
                    folder.resolve("documents/item" + i + ".md"),
                    "The price of item%d is nothing".formatted(i));
        }
        var after = task(desk.compare(yaml), "answer").candidate("zero-shot");
        assertThat(desk.engines.asked).hasSize(asked);
        assertThat(after.run()).isEqualTo(before.run());
        assertThat(after.unsupported().orElseThrow().value()).isZero();
    }

    @Test
    void belowTheNearnessThatValidationChoseNothingIsKnown() throws IOException {
        for (var split : List.of("validation", "test")) {
            var file = folder.resolve("answer/" + split + ".jsonl");
            var rows = new StringBuilder(Files.readString(file));
            for (var what :
                    List.of("ceilings", "castles", "churches", "harbours", "gardens", "gates")) {
                rows.append("{\"prompt\": \"Who painted %s %s?\", ".formatted(split, what))
                        .append("\"completion\": \"unknown\"}\n");
            }
            AtomicFile.write(file, rows.toString());
        }
        var retrieval = task(desk.compare(), "answer").candidate("retrieval");
        assertThat(retrieval.run().setup().shown().orElseThrow().nearness()).isPresent();
        assertThat(retrieval.answers().getLast().answer()).isEqualTo("unknown");
        assertThat(retrieval.answers().getLast().passages()).isEmpty();
        assertThat(retrieval.score().value()).isGreaterThan(0.9);
        assertThat(retrieval.run().setup().validation()).containsKey("saying nothing is known");
    }

    @Test
    void withSeveralPassagesValidationChoosesTheirOrder() {
        var yaml =
                Desk.PROJECT.replace("retrieval: {passages: [1, 2]}", "retrieval: {passages: [2]}");
        var setup = task(desk.compare(yaml), "answer").candidate("retrieval").run().setup();
        assertThat(setup.validation()).containsOnlyKeys("2 best-first", "2 best-last");
        assertThat(setup.shown().orElseThrow().order()).isEqualTo(PassageOrder.BEST_FIRST);
    }

    private Measured retrievalWith(String reranking) {
        var yaml =
                Desk.PROJECT.replace(
                        "retrieval: {passages: [1, 2]}",
                        "retrieval: {passages: [1], " + reranking + "}");
        return task(desk.compare(yaml), "answer").candidate("retrieval");
    }

    @Test
    void aRerankerThatGainsNothingOnValidationIsLeftOut() {
        var plain = task(desk.compare(), "answer").candidate("retrieval");
        var reranked = retrievalWith("rerank: contrary, rerank_weight: 1");
        var setup = reranked.run().setup();
        assertThat(setup.validation().get("reranked"))
                .isLessThan(0.5)
                .isLessThan(setup.validation().get("as found"));
        assertThat(setup.shown().orElseThrow().reranked()).contains(false);
        assertThat(reranked.score().value()).isEqualTo(plain.score().value()).isGreaterThan(0.9);
        assertThat(reranked.run().key()).isNotEqualTo(plain.run().key());
        assertThat(reranked.run().digests()).containsEntry("reranker", "digest of contrary");
        assertThat(plain.run().digests()).doesNotContainKey("reranker");
        assertThat(plain.run().setup().shown().orElseThrow().reranked()).isEmpty();
    }

    @Test
    void aRerankerThatGainsOnValidationIsKept() {
        for (int i = 12; i < 30; i++) {
            AtomicFile.write(
                    folder.resolve("documents/offer" + i + ".md"),
                    "# Offer\n\nitem%d price, price item%d, item%d price\n".formatted(i, i, i));
        }
        var reranked = retrievalWith("rerank: agreeing, rerank_weight: 1");
        var setup = reranked.run().setup();
        assertThat(setup.validation().get("reranked"))
                .isGreaterThan(setup.validation().get("as found"));
        assertThat(setup.shown().orElseThrow().reranked()).isEmpty();
        assertThat(reranked.score().value()).isGreaterThan(0.9);
    }

    @Test
    void passagesAreStoredWithTheAnswersThatTheyStoodBefore() {
        var answer = task(desk.compare(), "answer").candidate("retrieval").answers().getFirst();
        assertThat(answer.passages().getFirst().document()).isEqualTo("item18.md");
        assertThat(answer.passages().getFirst().text()).contains("price18");
        assertThat(answer.promptTokens()).isPositive();
    }

    @Test
    void whoMayNotReadATrainingExampleMayNotCallWhatLearnedFromIt() throws IOException {
        var train = folder.resolve("route/train.jsonl");
        AtomicFile.write(
                train,
                Files.readString(train)
                        + "{\"text\": \"a secret invoice\", \"label\": \"billing\", \"readers\": [\"group:sales\"]}\n");
        var result = desk.compare();
        var everyone = Principal.local();
        var sales = new Principal(Set.of("ann", "group:sales"));
        var tuned = task(result, "route").candidate("tuned").run();
        assertThat(tuned.mayCall().admit(everyone)).isFalse();
        assertThat(tuned.mayCall().admit(sales)).isTrue();
        assertThat(task(result, "route").candidate("few-shot").run().mayCall().admit(everyone))
                .isFalse();
        assertThat(task(result, "route").candidate("zero-shot").run().mayCall().admit(everyone))
                .isTrue();
        assertThat(task(result, "answer").candidate("tuned").run().mayCall().admit(everyone))
                .isTrue();
    }

    @Test
    void aRunOnARestrictedModelIsForItsReadersAlone() {
        desk.engines.readers.put("smollm2-135m-instruct", Readers.anyOf(List.of("group:sales")));
        desk.engines.readers.put("all-minilm-l6-v2", Readers.anyOf(List.of("group:hr")));
        var result = desk.compare();
        var sales = new Principal(Set.of("user:ann", "group:sales"));
        var both = new Principal(Set.of("user:ann", "group:sales", "group:hr"));
        var bare = task(result, "route").candidate("zero-shot").run();
        assertThat(bare.mayCall().admit(Principal.local())).isFalse();
        assertThat(bare.maySeeAnswers().admit(Principal.local())).isFalse();
        assertThat(bare.mayCall().admit(sales)).isTrue();
        var tuned = task(result, "route").candidate("tuned").run();
        assertThat(ReadersFile.read(folder.resolve("runs").resolve(tuned.adapter().orElseThrow())))
                .contains(Readers.anyOf(List.of("group:sales")));
        var searching = task(result, "answer").candidate("retrieval").run();
        assertThat(searching.mayCall().admit(sales)).as("the embedder is another's").isFalse();
        assertThat(searching.mayCall().admit(both)).isTrue();
    }

    @Test
    void theJsonHoldsWhatAMachineMayRead() {
        var json = Json.mapper().readTree(desk.compare().json());
        assertThat(json.path("total_seconds").isNumber()).isTrue();
        var task = json.path("tasks").path(0);
        assertThat(task.path("name").asString()).isEqualTo("route");
        assertThat(task.path("metric").asString()).isEqualTo("accuracy");
        assertThat(task.path("test_rows").asInt()).isEqualTo(90);
        for (var candidate : task.path("candidates")) {
            for (var field :
                    List.of(
                            "score",
                            "low",
                            "high",
                            "seconds_per_answer",
                            "prompt_tokens",
                            "setup_seconds",
                            "peak_mib",
                            "cost_per_1000")) {
                assertThat(candidate.path(field).isNumber()).as(field).isTrue();
            }
        }
        assertThat(task.path("verdict").path("candidate").asString()).isNotBlank();
        assertThat(task.path("verdict").path("why").asString()).isNotBlank();
        assertThat(task.path("pairs")).hasSize(10);
    }

    @Test
    void badRowsOfEveryTaskAreNamedBeforeAnythingStarts() {
        AtomicFile.write(
                folder.resolve("route/test.jsonl"), "{\"text\": \"x\", \"label\": \"biling\"}\n");
        AtomicFile.write(folder.resolve("answer/train.jsonl"), "not json\n");
        assertThatThrownBy(desk::compare)
                .hasMessageContaining("route/test.jsonl:1")
                .hasMessageContaining("answer/train.jsonl:1");
        assertThat(desk.engines.asked).isEmpty();
    }

    @Test
    void anUnknownTaskIsNamedWithTheNearest() {
        var comparison = new Comparison(desk.project(Desk.PROJECT), folder, desk.circumstances());
        assertThatThrownBy(() -> comparison.run(List.of("rout")))
                .hasMessageContaining("there is no task 'rout'. Did you mean 'route'?");
    }

    @Test
    void aRemoteModelIsTriedWithPromptsAndPassages() throws IOException {
        try (var server = RemoteServer.patient()) {
            server.repeatsTheQuestionButTheFirstLate();
            var yaml =
                    Desk.PROJECT.replace(
                                    "[zero-shot, few-shot, retrieval, tune, tune+retrieval]",
                                    "[zero-shot, tune]")
                            + "remotes: [{name: large, url: '%s', model: large-1, price_per_million_prompt_tokens: 2}]%n"
                                    .formatted(server.remote.url());
            var result = desk.compare(yaml);
            var remote = task(result, "route").candidate("large zero-shot");
            assertThat(task(result, "route").candidates()).hasSize(3);
            assertThat(remote.run().remote()).contains("large");
            // 12 prompt tokens at 2 EUR a million.
            assertThat(remote.cost().perAnswer()).isEqualTo(0.000024);
        }
    }

    @Test
    void aMissingKeyIsSaid() {
        var yaml =
                Desk.PROJECT
                        + "remotes: [{name: large, url: 'http://127.0.0.1:9/v1', model: m, api_key_env: LARGE_KEY}]\n";
        var comparison =
                new Comparison(
                        desk.project(yaml),
                        folder,
                        new Circumstances(
                                desk.engines,
                                name -> Optional.empty(),
                                Progress.silent(),
                                desk.engines.cancellation,
                                Clock.systemUTC(),
                                "test"));
        assertThatThrownBy(comparison::run).hasMessageContaining("LARGE_KEY is not set");
        assertThat(desk.engines.asked).isEmpty();
    }
}
