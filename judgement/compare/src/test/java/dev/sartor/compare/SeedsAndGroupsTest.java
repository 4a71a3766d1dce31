package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.compare.verdict.ComparisonResult;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedsAndGroupsTest {
    private static final String ROUTE =
            Desk.PROJECT
                    .replaceFirst("approaches: .*", "approaches: [few-shot, tune]")
                    .replaceAll("(?s)  - name: answer.*", "");

    @TempDir Path folder;

    private Desk desk;

    @BeforeEach
    void makeProject() {
        desk = new Desk(folder);
    }

    private static TaskResult route(ComparisonResult result) {
        return result.tasks().getFirst();
    }

    @Test
    void whatIsTrainedIsTrainedSeveralTimesAndItsScoreIsTheMean() {
        var result = desk.compare(ROUTE + "seeds: 3\n");
        assertThat(desk.engines.trainings).isEqualTo(3);
        var tuned = route(result).candidate("tuned");
        assertThat(tuned.again()).hasSize(2);
        assertThat(tuned.again().stream().map(each -> each.run().recipe().seed()))
                .containsExactly(2L, 3L);
        assertThat(tuned.score().value()).isEqualTo(1);
        assertThat(route(result).candidate("few-shot").again()).isEmpty();
        assertThat(route(result).said())
                .anySatisfy(
                        line -> assertThat(line).contains("tuned was trained 3 times: 1.000, "));
        assertThat(result.json()).contains("\"trainings\" : [ {", "\"seed\" : 3");
        assertThat(desk.testQuestions()).as("few-shot once, tuned three times").isEqualTo(4 * 180);
    }

    @Test
    void furtherTrainingsAreFoundAgainAndTheFirstIsTheOneThatIsKnownByName() {
        var first = desk.compare(ROUTE + "seeds: 2\n");
        desk.engines.asked.clear();
        var again = desk.compare(ROUTE + "seeds: 2\n");
        assertThat(desk.engines.asked).isEmpty();
        assertThat(desk.engines.trainings).isEqualTo(2);
        assertThat(route(again).candidate("tuned").score())
                .isEqualTo(route(first).candidate("tuned").score());
        var runs = Runs.of(folder);
        assertThat(runs.list()).hasSize(2);
        assertThat(runs.find("route/tuned").recipe().seed()).isEqualTo(1);
        assertThat(runs.seeds().list()).hasSize(1);
        var standing = runs.standing("route", desk.project(ROUTE + "seeds: 2\n")).orElseThrow();
        assertThat(standing.candidate("tuned").again()).hasSize(1);
    }

    /// Test examples of six customers, fifteen each.
    private void ofCustomers(String column) throws IOException {
        var file = folder.resolve("route/test.jsonl");
        var rows = new StringBuilder();
        int line = 0;
        for (var row : Files.readAllLines(file)) {
            rows.append(row, 0, row.lastIndexOf('}'))
                    .append(", \"%s\": %d}%n".formatted(column, line++ / 15));
        }
        AtomicFile.write(file, rows.toString());
    }

    @Test
    void examplesOfACustomerSayLessThanAsManyOfTheirOwn() throws IOException {
        var alone = route(desk.compare(ROUTE)).candidate("few-shot").score();
        ofCustomers("group");
        var result = desk.compare(ROUTE);
        var score = route(result).candidate("few-shot").score();
        assertThat(score.value()).isCloseTo(alone.value(), within(1e-12));
        assertThat(score.low()).isLessThan(alone.low());
        assertThat(route(result).said())
                .anySatisfy(line -> assertThat(line).contains("90 examples in 6 groups ('group')"));
        assertThat(route(result).candidate("few-shot").answers())
                .extracting(StoredAnswer::group)
                .allMatch(group -> group.isPresent());
    }

    @Test
    void anotherColumnOfGroupsIsAnotherRun() throws IOException {
        ofCustomers("customer");
        var before = route(desk.compare(ROUTE)).candidate("few-shot");
        assertThat(before.answers().getFirst().group()).isEmpty();
        var grouped =
                ROUTE.replace(
                        "    test: route/test.jsonl",
                        "    test: route/test.jsonl\n    columns: {group: customer}");
        var after = route(desk.compare(grouped)).candidate("few-shot");
        assertThat(after.run().id()).isNotEqualTo(before.run().id());
        assertThat(after.answers().getFirst().group()).contains("0");
        assertThat(after.score().high() - after.score().low())
                .isGreaterThan(before.score().high() - before.score().low());
    }

    @Test
    void eitherAllRowsOfAFileHaveAGroupOrNone() throws IOException {
        var file = folder.resolve("route/test.jsonl");
        var rows = Files.readAllLines(file);
        rows.set(1, rows.get(1).replace("}", ", \"group\": \"acme\"}"));
        AtomicFile.write(file, String.join("\n", rows) + "\n");
        assertThatThrownBy(() -> desk.compare(ROUTE))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("test.jsonl:2")
                .hasMessageContaining("has a 'group', and the first row has none");
    }

    @Test
    void seedsAreAFewWholeNumbers() {
        for (var wrong : List.of("0", "21", "2.5")) {
            assertThatThrownBy(() -> desk.compare(ROUTE + "seeds: " + wrong + "\n"))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("seeds");
        }
    }
}
