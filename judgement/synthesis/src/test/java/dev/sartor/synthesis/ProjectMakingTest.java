package dev.sartor.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.approach.Circumstances;
import dev.sartor.core.Json;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.project.ProjectFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Pairs made of documents by a scripted model, with all checks but the classifier's, which tells nothing by hashed words.
class ProjectMakingTest {
    private static final Pattern NAME = Pattern.compile("The dock of (\\w+)");

    @TempDir private Path folder;

    private final ScriptedModel model = new ScriptedModel(ProjectMakingTest::good);

    @BeforeEach
    void aProjectWithATestQuestion() throws IOException {
        project(folder);
    }

    static void project(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("test.jsonl"),
                """
                {"prompt": "How heavy may a bike be that is lifted at Calder?", "completion": "110 kg"}
                """);
        Files.writeString(
                folder.resolve("sartor.yaml"),
                """
                name: docks
                approaches: [zero-shot]
                tasks:
                  - {name: answer, instruction: Answer., test: test.jsonl}
                """);
    }

    private static Document dock(String name, int kilograms, Readers readers) {
        return Document.of(
                name + ".md",
                name,
                "The dock of "
                        + name
                        + " has a lifting table that can raise "
                        + kilograms
                        + " kg, which is enough for most bikes that come here with a full box.",
                readers);
    }

    static List<Document> docks() {
        return List.of(
                dock("Winmarsh", 100, Readers.everyone()),
                dock("Calder", 110, Readers.anyOf(Set.of("group:staff"))),
                dock("Ostby", 120, Readers.everyone()),
                dock("Tarn", 130, Readers.nobody()));
    }

    private static String name(String asked) {
        var matcher = NAME.matcher(asked);
        return matcher.find() ? matcher.group(1) : "?";
    }

    private static String good(Question question) {
        return good(question.text(), Math.abs(question.sampling().seed() % 1000));
    }

    static String good(String asked, long number) {
        return "Sure: {\"question\": \"What weight can the table of "
                + name(asked)
                + " raise, number "
                + number
                + "?\", \"answer\": \"so many\"}";
    }

    private MakingReport made(MakingRequest request, String out) {
        return made(model, request, out);
    }

    private MakingReport made(ScriptedModel asked, MakingRequest request, String out) {
        return making(asked)
                .make(
                        ProjectMakingTest::docks,
                        request,
                        new ProjectMaking.Asked("m", Optional.empty()),
                        folder.resolve(out));
    }

    private ProjectMaking making(ScriptedModel asked) {
        return making(asked, folder);
    }

    static ProjectMaking making(ScriptedModel asked, Path folder) {
        return new ProjectMaking(
                ProjectFile.read(folder),
                new Circumstances(
                        asked.engines(),
                        _ -> Optional.empty(),
                        Progress.silent(),
                        asked.cancellation,
                        Clock.systemUTC(),
                        "test"));
    }

    static MakingRequest any(int count) {
        return new MakingRequest(count, 0, 0, 1, 0, 1);
    }

    private List<JsonNode> rows(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file)).stream()
                .map(Json.mapper()::readTree)
                .toList();
    }

    @Test
    void aRowIsReadableByWhoeverMayReadItsPassage() throws IOException {
        made(any(6), "out");

        assertThat(rows("out/pairs.jsonl"))
                .hasSize(6)
                .allSatisfy(row -> {
                    boolean isStaffs = row.get("title").stringValue().equals("Calder.md");
                    assertThat(row.path("readers").toString())
                            .isEqualTo(isStaffs ? "[\"group:staff\"]" : "");
                    assertThat(row.get("made").get("by").stringValue()).isEqualTo("m");
                })
                .extracting(row -> row.get("title").stringValue())
                .contains("Calder.md", "Winmarsh.md", "Ostby.md")
                .doesNotContain("Tarn.md");
    }

    @Test
    void aNegativeIsNoPassageThatAReaderOfThePairMayNotSee() throws IOException {
        made(any(6), "out");

        assertThat(rows("out/retrieval.jsonl"))
                .hasSize(6)
                .allSatisfy(row -> {
                    if (!row.has("readers")) {
                        assertThat(row.get("negative").stringValue())
                                .doesNotContain("Calder", "Tarn");
                    }
                })
                .anySatisfy(row -> assertThat(row.has("readers")).isTrue());
    }

    @Test
    void whatNobodyMayReadIsNotSentToTheModelAndThatIsSaid() {
        var report = made(any(3), "out");

        assertThat(model.asked).isNotEmpty().noneMatch(text -> text.contains("Tarn"));
        assertThat(report.notes())
                .anyMatch(note -> note.startsWith("1 of 4 passages are not asked about"));
    }

    @Test
    void aStoppedRunGoesOnAndComesToTheSameBytes() throws IOException {
        made(any(40), "whole");
        var stopped = new ScriptedModel(ProjectMakingTest::good);
        stopped.stopAfter = 20;
        var asked = new ProjectMaking.Asked("m", Optional.empty());
        assertThatThrownBy(() ->
                        making(stopped)
                                .make(
                                        ProjectMakingTest::docks,
                                        any(40),
                                        asked,
                                        folder.resolve("parts")))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("goes on from there");
        int before = model.asked.size();

        made(any(40), "parts");

        assertThat(model.asked.size() - before).isLessThan(before);
        for (var file : List.of("pairs.jsonl", "retrieval.jsonl", "rejected.jsonl", "made.json")) {
            assertThat(folder.resolve("parts").resolve(file))
                    .hasSameTextualContentAs(folder.resolve("whole").resolve(file));
        }
    }

    @Test
    void aRunWithAnotherModelDoesNotGoOnInTheFolder() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("out/proposals.jsonl"), "{\"made\":\"otherwise\"}\n");

        assertThatThrownBy(() -> made(any(3), "out")).hasMessageContaining("name another --out");
    }

    @Test
    void aFolderWithAResultIsRefused() {
        made(any(3), "out");

        assertThatThrownBy(() -> made(any(3), "out")).hasMessageContaining("holds pairs");
    }

    @Test
    void theSameQuestionIsKeptOnce() throws IOException {
        var parrot =
                new ScriptedModel(question ->
                        "{\"question\": \"What can "
                                + name(question.text())
                                + " lift?\", \"answer\": \"much\"}");
        var report = made(parrot, any(20), "out");

        assertThat(report.kept()).isEqualTo(3);
        assertThat(report.rejected()).containsEntry("near_copy", report.tries() - 3);
        assertThat(report.notes()).anyMatch(note -> note.contains("raise --tries"));
        assertThat(rows("out/rejected.jsonl"))
                .allMatch(row -> row.get("fault").stringValue().equals("near_copy"));
    }

    @Test
    void aQuestionOfTheTestSetIsNotMadeAgain() {
        var copying =
                new ScriptedModel(_ ->
                        "{\"question\": \"How heavy may a bike be that is lifted at Calder?\", \"answer\": \"110 kg\"}");
        var report = made(copying, any(5), "out");
        assertThat(report.kept()).isZero();
        assertThat(report.rejected()).containsOnlyKeys("near_held_out");
    }

    @Test
    void aReplyThatIsNoPairIsCountedAsSuch() {
        var chatty = new ScriptedModel(_ -> "I would rather talk about the weather.");
        var report = made(chatty, any(5), "out");
        assertThat(report.rejected()).containsEntry("malformed", 20);
        assertThat(report.tries()).isEqualTo(20);
    }

    @Test
    void aReaderKeepsWhatItAnswersFromThePassageAndOnlyFromThere() {
        var reader =
                new ScriptedModel(question -> {
                    if (question.text().contains("A question that")) {
                        return good(question).replace("so many", "a lot of weight");
                    }
                    boolean sees = question.text().contains("Passage:");
                    return name(question.text()).equals("Ostby") || !sees
                            ? "no idea"
                            : "a lot of weight";
                });

        var report =
                making(reader)
                        .make(
                                ProjectMakingTest::docks,
                                any(6),
                                new ProjectMaking.Asked("m", Optional.of("m")),
                                folder.resolve("out"));

        assertThat(report.kept()).isEqualTo(6);
        assertThat(report.documents()).isEqualTo(2);
        assertThat(report.rejected()).containsOnlyKeys("reader_disagrees");
    }

    @Test
    void paraphrasesAreInTheGroupOfWhatTheyParaphrase() throws IOException {
        var both =
                new ScriptedModel(question ->
                        question.text().contains("Ask the same in other words")
                                ? "{\"question\": \"Tell me, how much lifting is possible there, take "
                                        + question.sampling().seed()
                                        + "?\"}"
                                : good(question));

        var report = made(both, new MakingRequest(3, 0, 2, 1, 0, 1), "out");

        assertThat(report.paraphrases()).isPositive();
        assertThat(rows("out/pairs.jsonl"))
                .allSatisfy(row ->
                        assertThat(row.get("id").stringValue())
                                .startsWith(row.get("group").stringValue()));
    }

    @Test
    void pairsWithoutTheirPassageAreNamed() throws IOException {
        Files.writeString(
                folder.resolve("pairs.jsonl"),
                """
                {"question": "What can Ostby lift?", "answer": "120 kg", "document": "Ostby.md", "quote": "can raise 120 kg"}
                {"question": "What can Ostby lift?", "answer": "120 kg", "document": "Ostby.md", "quote": "can raise 900 kg"}
                """);

        assertThatThrownBy(() ->
                        making(model)
                                .check(
                                        ProjectMakingTest::docks,
                                        folder.resolve("pairs.jsonl"),
                                        0.5,
                                        Optional.empty(),
                                        folder.resolve("out")))
                .hasMessageContaining("pair 2")
                .hasMessageContaining("can raise 900 kg");
    }

    @Test
    void everyBadRowOfGivenPairsIsNamed() throws IOException {
        Files.writeString(
                folder.resolve("pairs.jsonl"),
                """
                {"question": "What can Ostby lift?", "document": "Ostby.md"}
                not json
                """);

        assertThatThrownBy(() -> GivenPair.read(folder.resolve("pairs.jsonl")))
                .hasMessageContaining("pairs.jsonl:1: must have 'answer'")
                .hasMessageContaining("pairs.jsonl:2: is not valid JSON");
    }

    @Test
    void everyTryIsEitherKeptOrRejected() {
        var report = made(any(3), "out");

        assertThat(report.kept()).isEqualTo(3);
        assertThat(report.tries())
                .isEqualTo(
                        3 + report.rejected().values().stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void aRestrictedModelsRowsAreItsReadersAlone() throws IOException {
        model.readers = Readers.anyOf(Set.of("group:lawyers"));

        var report = made(any(4), "out");

        assertThat(rows("out/pairs.jsonl"))
                .hasSize(4)
                .allSatisfy(row ->
                        assertThat(row.path("readers").toString())
                                .isEqualTo("[\"group:lawyers\"]"));
        assertThat(report.notes()).anyMatch(note -> note.contains("a row cannot say"));
    }

    @Test
    void whatTheReaderRejectsDoesNotKeepTheSameQuestionFromAnotherPassage() {
        for (int seed = 1; seed <= 6; seed++) {
            var parrot =
                    new ScriptedModel(question -> {
                        if (question.text().contains("A question that")) {
                            return "{\"question\": \"What can it lift?\", \"answer\": \"a lot of weight\"}";
                        }
                        boolean isOstbys = question.text().contains("dock of Ostby");
                        return question.text().contains("Passage:") && !isOstbys
                                ? "a lot of weight"
                                : "no idea";
                    });

            var report =
                    making(parrot)
                            .make(
                                    ProjectMakingTest::docks,
                                    new MakingRequest(2, 8, 0, 1, 0, seed),
                                    new ProjectMaking.Asked("m", Optional.of("m")),
                                    folder.resolve("out" + seed));

            assertThat(report.kept()).as("seed %d", seed).isEqualTo(1);
        }
    }

    @Test
    void aCheckedRowWithItsPassageIsReadableByWhoeverMayReadThat() throws IOException {
        Files.writeString(
                folder.resolve("pairs.jsonl"),
                """
                {"question": "What can Calder lift?", "answer": "110 kg", "document": "Calder.md"}
                {"question": "What can Tarn lift, tell me?", "answer": "130 kg", "document": "Tarn.md"}
                """);

        making(model)
                .check(
                        ProjectMakingTest::docks,
                        folder.resolve("pairs.jsonl"),
                        0.5,
                        Optional.empty(),
                        folder.resolve("out"));

        assertThat(rows("out/checked.jsonl"))
                .extracting(row -> row.path("readers").toString())
                .containsExactly("[\"group:staff\"]", "[]");
    }
}
