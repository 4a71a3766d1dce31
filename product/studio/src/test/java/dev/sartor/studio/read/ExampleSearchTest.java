package dev.sartor.studio.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.compare.approach.Desk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Over the stored answers of a real comparison.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExampleSearchTest {
    private static final long MUCH = 64L << 20;

    private Path folder = Path.of("");
    private Optional<ExampleSearch> known = Optional.empty();
    private StudioProjects projects = new StudioProjects(Path.of(""), MUCH);

    private ProjectPlace place() {
        return new ProjectPlace(".", folder);
    }

    @BeforeAll
    void compare(@TempDir Path made) {
        folder = made;
        new Desk(folder).compare();
        projects = new StudioProjects(folder, MUCH);
        known = projects.examples(place(), "route");
    }

    private ExampleSearch search() {
        return known.orElseThrow();
    }

    private List<Integer> rows(String... fields) {
        var all = new HashMap<String, String>();
        for (int i = 0; i < fields.length; i += 2) {
            all.put(fields[i], fields[i + 1]);
        }
        return search().rows(ExampleFilter.of(all));
    }

    private String said(int row, String candidate) {
        var table = search().table();
        return table.said(row, table.candidates().indexOf(candidate)).orElseThrow().text();
    }

    private double score(int row, String candidate) {
        var table = search().table();
        return table.said(row, table.candidates().indexOf(candidate)).orElseThrow().score();
    }

    @Test
    void everyExampleIsThereWithEveryCandidatesAnswer() {
        var table = search().table();
        assertThat(table.rows()).isEqualTo(90);
        assertThat(table.candidates()).contains("zero-shot", "few-shot", "tuned");
        for (int row = 0; row < table.rows(); row++) {
            for (var candidate : table.candidates()) {
                assertThat(score(row, candidate))
                        .isEqualTo(said(row, candidate).equals(table.reference(row)) ? 1 : 0);
            }
        }
    }

    @Test
    void theExamplesOnWhichTheyDisagreeComeFirst() {
        var table = search().table();
        var rows = rows();
        assertThat(rows).hasSize(90);
        for (int i = 1; i < rows.size(); i++) {
            assertThat(table.disagreement(rows.get(i)))
                    .isLessThanOrEqualTo(table.disagreement(rows.get(i - 1)));
        }
        assertThat(table.disagreement(rows.getFirst())).isPositive();
        assertThat(rows("sort", "file")).isSorted().hasSize(90);
    }

    @Test
    void aConfusionCellIsTheExamplesOfThatLabelThatGotThatAnswer() {
        var table = search().table();
        int column = table.candidates().indexOf("zero-shot");
        var counts = table.confusion(column);
        counts.forEach((right, said) ->
                said.forEach((answer, count) -> {
                    var rows = rows("label", right, "by", "zero-shot", "said", answer);
                    assertThat(rows).hasSize(count);
                    assertThat(rows)
                            .allMatch(row -> table.reference(row).equals(right))
                            .allMatch(row -> said(row, "zero-shot").equals(answer));
                }));
        assertThat(counts.values().stream().flatMap(each -> each.values().stream()))
                .isNotEmpty()
                .satisfies(all -> assertThat(all.stream().mapToInt(n -> n).sum()).isEqualTo(90));
    }

    @Test
    void aPairIsTheExamplesOnWhichTheOneIsBetter() {
        var better = rows("first", "tuned", "second", "zero-shot", "outcome", "first");
        assertThat(better)
                .isNotEmpty()
                .allMatch(row -> score(row, "tuned") > score(row, "zero-shot"));
        var differ = rows("first", "tuned", "second", "zero-shot");
        assertThat(differ)
                .containsAll(better)
                .allMatch(row -> !said(row, "tuned").equals(said(row, "zero-shot")));
    }

    @Test
    void aTextIsFoundInAnyCase() {
        assertThat(rows("q", "CASE217 "))
                .singleElement()
                .satisfies(row -> assertThat(search().table().id(row)).isEqualTo("test-217"));
        assertThat(rows("q", "nowhere")).isEmpty();
    }

    @Test
    void theWholeAnswerIsReadFromWhereItStands() {
        var table = search().table();
        for (int row : List.of(0, 44, 89)) {
            for (int column = 0; column < table.candidates().size(); column++) {
                var whole = table.whole(row, column).orElseThrow();
                assertThat(whole.id()).isEqualTo(table.id(row));
                assertThat(whole.answer()).isEqualTo(table.said(row, column).orElseThrow().text());
            }
        }
    }

    @Test
    void theCsvHasARowForEachExample() {
        var csv = ExampleCsv.of(search(), ExampleFilter.none());
        assertThat(csv.lines()).hasSize(91);
        assertThat(csv.lines().findFirst().orElseThrow())
                .startsWith("id,question,reference,")
                .contains("tuned,tuned score");
    }

    @Test
    void aRunThatSomebodyMayNotSeeHasNoColumn() {
        var seen =
                projects.examples(place(), "route", run -> !run.candidate().equals("tuned"))
                        .orElseThrow();
        assertThat(seen.table().candidates()).doesNotContain("tuned").contains("zero-shot");
        assertThat(projects.examples(place(), "route", _ -> false)).isEmpty();
    }

    @Test
    void changedAnswersAreReadAgain() throws Exception {
        var copy = Files.createTempDirectory(folder, "changed");
        var run =
                projects.runs(place()).finished().stream()
                        .filter(each -> each.candidate().equals("zero-shot"))
                        .filter(each -> each.task().equals("route"))
                        .findFirst()
                        .orElseThrow();
        var answers = Files.readString(run.folder().resolve("answers.jsonl"));
        Files.writeString(copy.resolve("answers.jsonl"), answers);
        var columns = new AnswerColumns(MUCH);
        assertThat(columns.column(copy, true).ids()).hasSize(90);
        Files.writeString(
                copy.resolve("answers.jsonl"),
                answers.lines().limit(30).map(l -> l + "\n").reduce("", String::concat));
        assertThat(columns.column(copy, true).ids()).hasSize(30);
    }

    @Test
    void whatIsKeptIsBounded() {
        var small = new AnswerColumns(1);
        for (var run : projects.runs(place()).finished()) {
            small.column(run.folder(), true);
        }
        var last = projects.runs(place()).finished().getLast();
        assertThat(small.bytes()).isEqualTo(small.column(last.folder(), true).bytes());
    }
}
