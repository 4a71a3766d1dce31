package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.core.Json;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.ReadersFile;
import dev.sartor.core.work.Progress;
import dev.sartor.retrieve.index.Embedding;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A project whose rows say who asks. Of 30 items the price of 28 is for ann alone, that of 29 for sales, and bob is denied that of 0.
class AskersTest {
    private static final String MODEL = "all-minilm-l6-v2";
    private static final Principal ANN = new Principal(Set.of("user:ann"));
    private static final Principal BOTH = new Principal(Set.of("user:ann", "group:sales"));
    private static final String PROJECT =
            Desk.PROJECT
                    .replace("documents: documents", "documents: shelf")
                    .replaceFirst(
                            "approaches: .*", "approaches: [few-shot, retrieval, tune+retrieval]")
                    .replaceFirst("(?s)  - name: route.*?(  - name: answer)", "$1");

    @TempDir Path folder;
    private Desk desk;

    @BeforeEach
    void index() {
        desk = new Desk(folder);
        AtomicFile.write(folder.resolve("documents/.access.yaml"), "{\"readers\": \"everyone\"}");
        rule(28, "{\"readers\": [\"user:ann\"]}");
        rule(29, "{\"readers\": [\"group:sales\"]}");
        rule(0, "{\"deny\": [\"user:bob\"]}");
        desk.index(new Embedding(MODEL, desk.engines.digest(MODEL), WordEmbedder::new));
    }

    private void rule(int item, String rule) {
        AtomicFile.write(folder.resolve("documents/item" + item + ".md.access.yaml"), rule);
    }

    /// Questions on the prices of the last two items, each asked by so many.
    private void ask(String split, IntFunction<String> askers, int... items) {
        AtomicFile.write(
                folder.resolve("answer/" + split + ".jsonl"),
                IntStream.range(0, items.length)
                        .mapToObj(i ->
                                "{\"id\": \"%s-%d\", \"prompt\": \"What is the price of item%d\", \"completion\": \"price%d\"%s}%n"
                                        .formatted(split, i, items[i], items[i], askers.apply(i)))
                        .collect(Collectors.joining()));
    }

    private static String asker(String name) {
        return name.isEmpty() ? "" : ", \"asker\": \"" + name + "\"";
    }

    private TaskResult compared() {
        return desk.compare(PROJECT).tasks().getFirst();
    }

    private static StoredAnswer answer(Measured candidate, String id) {
        return candidate.answers().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static boolean shows(StoredAnswer answer, int item) {
        return answer.passages().stream()
                .anyMatch(each -> each.document().equals("item" + item + ".md"));
    }

    @Test
    void eachQuestionIsShownWhatItsAskerMayReadAndNothingElse() {
        // The same two questions, asked by four.
        var askers = List.of("ann", "group:sales", "user:ann;group:sales", "");
        ask("test", i -> asker(askers.get(i / 2)), 28, 29, 28, 29, 28, 29, 28, 29);
        var retrieval = compared().candidate("retrieval");
        var shown =
                IntStream.range(0, 8)
                        .mapToObj(i ->
                                shows(answer(retrieval, "test-" + i), i % 2 == 0 ? 28 : 29)
                                        ? "1"
                                        : "0")
                        .collect(Collectors.joining());
        assertThat(shown).isEqualTo("10" + "01" + "11" + "00");
        assertThat(retrieval.answers())
                .filteredOn(each -> !Set.of("test-0", "test-4").contains(each.id()))
                .noneMatch(each -> shows(each, 28))
                .noneMatch(each -> each.answer().contains("price28"));
        assertThat(retrieval.answers())
                .filteredOn(each -> !Set.of("test-3", "test-4", "test-5").contains(each.id()))
                .noneMatch(each -> shows(each, 29));
    }

    @Test
    void whoeverIsDeniedADocumentIsNotShownItThoughItIsForEveryoneElse() {
        AtomicFile.write(
                folder.resolve("answer/train.jsonl"),
                "{\"prompt\": \"a\", \"completion\": \"b\"}\n");
        ask("test", i -> asker(i == 0 ? "bob" : ""), 0, 0);
        var retrieval = compared().candidate("retrieval");
        assertThat(shows(answer(retrieval, "test-0"), 0)).isFalse();
        assertThat(shows(answer(retrieval, "test-1"), 0)).isTrue();
    }

    @Test
    void storedAnswersWithRestrictedPassagesAreForThoseWhoMayReadThemAll() {
        // In other words, so that few-shot answers the first test question from here.
        AtomicFile.write(
                folder.resolve("answer/train.jsonl"),
                "{\"prompt\": \"The price of item28 is what\", \"completion\": \"price28\", \"readers\": \"everyone\"}\n");
        ask("test", i -> asker(i == 0 ? "ann" : "group:sales"), 28, 29);
        var result = compared();
        var run = result.candidate("retrieval").run();
        assertThat(run.maySeeAnswers().admit(BOTH)).isTrue();
        assertThat(run.maySeeAnswers().admit(ANN)).isFalse();
        assertThat(run.mayCall().isEveryone()).as("each caller is shown his own passages").isTrue();
        var fewShot = result.candidate("few-shot");
        assertThat(answer(fewShot, "test-0").answer()).isEqualTo("price28");
        assertThat(fewShot.run().maySeeAnswers().isEveryone()).isTrue();
        assertThat(fewShot.checks())
                .as("what not everyone may read supports no answer that everyone may see")
                .allMatch(each -> !each.isShown())
                .allMatch(each -> each.unsupported().size() == each.statements().size());
    }

    @Test
    void validationAnswersLimitWhoMaySeeTheRunToo() {
        ask(
                "validation",
                i -> asker(i < 20 ? "ann" : ""),
                IntStream.generate(() -> 28).limit(21).toArray());
        ask("test", _ -> "", 27, 26);
        var run = compared().candidate("retrieval").run();
        assertThat(run.maySeeAnswers().admit(ANN)).isTrue();
        assertThat(run.maySeeAnswers().admit(Principal.local())).isFalse();
        try (var candidate =
                Candidate.open(desk.project(PROJECT), folder, run, desk.circumstances())) {
            assertThat(candidate.mayMeasure().isEveryone()).isTrue();
            var validated = candidate.validate(Progress.silent());
            assertThat(validated.score().value()).isPositive();
            assertThat(validated.readers()).isEqualTo(Readers.anyOf(Set.of("user:ann")));
        }
    }

    @Test
    void anAdapterThatLearnsFromRestrictedPassagesIsForThoseWhoMayReadThem() {
        ask("train", i -> asker(i == 0 ? "ann" : ""), 28, 29, 1);
        ask("test", _ -> "", 27, 26);
        var yaml = PROJECT.replace("tasks:", "tune_retrieval: {own_training: true}\ntasks:");
        var run = desk.compare(yaml).tasks().getFirst().candidate("tuned+retrieval").run();
        assertThat(desk.engines.request.orElseThrow().toString())
                .contains("in crowns is price28")
                .doesNotContain("in crowns is price29");
        var adapter = folder.resolve("runs").resolve(run.adapter().orElseThrow());
        assertThat(ReadersFile.read(adapter)).contains(Readers.anyOf(Set.of("user:ann")));
        assertThat(run.mayCall().admit(ANN)).isTrue();
        assertThat(run.mayCall().admit(Principal.local())).isFalse();
    }

    @Test
    void howManyDocumentsAreHiddenFromWhomIsSaid() {
        ask(
                "test",
                i -> asker(i < 2 ? "ann" : i == 2 ? "group:sales" : i == 3 ? "bob" : "eve"),
                28,
                29,
                27,
                26,
                25);
        var result = desk.compare(PROJECT);
        assertThat(result.tasks().getFirst().said())
                .contains(
                        "answer: user:bob (1 row): 3 of 30 documents hidden",
                        "answer: user:eve (1 row): 2 of 30 documents hidden",
                        "answer: user:ann (2 rows): 1 of 30 documents hidden",
                        "answer: group:sales (1 row): 1 of 30 documents hidden",
                        "answer: rows without an asker (18 rows): 2 of 30 documents hidden",
                        "answer: no rule of the documents names user:eve, so that this asker is shown what is for everyone, as anybody is: look for another spelling.");
        var json = Json.mapper().readTree(result.json()).at("/tasks/0/askers");
        assertThat(json.path("documents").asInt()).isEqualTo(30);
        assertThat(json.path("count").asInt()).isEqualTo(4);
        assertThat(json.at("/askers/0/name").asString()).isEqualTo("user:bob");
        assertThat(json.at("/askers/0/hidden").asInt()).isEqualTo(3);
        assertThat(json.at("/others/hidden").asInt()).isEqualTo(2);
    }

    @Test
    void withoutAskersNothingIsSaidOfThem() {
        var result = desk.compare(PROJECT);
        assertThat(result.tasks().getFirst().said()).noneMatch(each -> each.contains("hidden"));
        assertThat(Json.mapper().readTree(result.json()).at("/tasks/0/askers").isObject())
                .isFalse();
    }

    @Test
    void askersOfAFolderOfDocumentsChangeNothingAndThatIsSaid() {
        ask("test", _ -> asker("ann"), 28, 29);
        var result = desk.compare(PROJECT.replace("documents: shelf", "documents: documents"));
        assertThat(result.tasks().getFirst().said())
                .anyMatch(each ->
                        each.startsWith(
                                "answer: rows name who asks, which changes nothing: documents is a folder"));
    }

    @Test
    void anIndexOfWhichNoAskerMayReadAnythingIsRefused() {
        AtomicFile.write(folder.resolve("documents/.access.yaml"), "{\"readers\": [\"group:hr\"]}");
        desk.index(new Embedding(MODEL, desk.engines.digest(MODEL), WordEmbedder::new));
        ask("train", _ -> asker("eve"), 1, 2);
        ask("validation", _ -> asker("eve"), 3, 4);
        ask("test", _ -> asker("eve"), 27, 26);
        assertThatThrownBy(this::compared)
                .hasMessageContaining(
                        "readable by everyone: 0 of 30, and none by an asker whom the rows name");
        ask("test", _ -> asker("group:hr"), 27, 26);
        assertThat(compared()).as("one who may read something").isNotNull();
    }
}
