package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.report.Report;
import dev.sartor.compare.run.Dropped;
import dev.sartor.compare.verdict.ComparisonResult;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.core.file.AtomicFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RacingTest {
    @TempDir Path folder;

    private Desk desk;

    @BeforeEach
    void fiftyValidationExamples() {
        desk = new Desk(folder);
        var rows = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            var label = List.of("billing", "repair", "other").get(i % 3);
            var word = List.of("invoice", "brake", "hours").get(i % 3);
            rows.append(
                    "{\"id\": \"valid-%d\", \"text\": \"number%d of my %s\", \"label\": \"%s\"}%n"
                            .formatted(i, i, word, label));
        }
        AtomicFile.write(folder.resolve("route/validation.jsonl"), rows.toString());
    }

    private static String tried(String approaches) {
        return Desk.PROJECT
                .replaceFirst("approaches: .*", "approaches: " + approaches)
                .replaceAll("(?s)  - name: answer.*", "");
    }

    private static TaskResult task(ComparisonResult result) {
        return result.tasks().getFirst();
    }

    @Test
    void whoeverIsShownToBeWorseIsDroppedEarlyAndNeverMeetsTheTestExamples() {
        var result = desk.compare(tried("[few-shot, zero-shot]"));
        assertThat(task(result).candidates())
                .extracting(Measured::name)
                .containsExactly("few-shot");
        assertThat(task(result).dropped())
                .singleElement()
                .satisfies(dropped -> {
                    assertThat(dropped.candidate()).isEqualTo("zero-shot");
                    assertThat(dropped.rows()).isIn(20, 40);
                    assertThat(dropped.of()).isEqualTo(50);
                    assertThat(dropped.against()).isEqualTo("few-shot");
                    assertThat(dropped.againstScore() - dropped.score()).isGreaterThan(0.5);
                });
        assertThat(desk.testQuestions())
                .as("90 labels and 90 free texts of the one that is left")
                .isEqualTo(180);
        assertThat(result.json()).contains("\"dropped\"", "\"against\" : \"few-shot\"");
        assertThat(Report.html(result, Instant.EPOCH)).contains("zero-shot was dropped after ");
    }

    @Test
    void whoeverCameFirstIsDroppedOnceABetterOneHasAnsweredAll() {
        var result = desk.compare(tried("[zero-shot, few-shot]"));
        assertThat(task(result).candidates())
                .extracting(Measured::name)
                .containsExactly("few-shot");
        assertThat(task(result).dropped())
                .singleElement()
                .satisfies(dropped -> assertThat(dropped.rows()).isEqualTo(50));
        assertThat(desk.testQuestions()).isEqualTo(180);
    }

    @Test
    void theRaceIsRememberedUntilWhatWasBetterIsAnother() {
        desk.compare(tried("[few-shot, zero-shot]"));
        desk.engines.asked.clear();
        var again = desk.compare(tried("[few-shot, zero-shot]"));
        assertThat(desk.engines.asked).isEmpty();
        assertThat(task(again).dropped())
                .extracting(Dropped::candidate)
                .containsExactly("zero-shot");
        var alone = desk.compare(tried("[zero-shot]"));
        assertThat(task(alone).candidates())
                .extracting(Measured::name)
                .containsExactly("zero-shot");
        assertThat(desk.testQuestions()).isEqualTo(180);
        var now = desk.compare(tried("[few-shot, zero-shot]"));
        assertThat(task(now).candidates())
                .as("who met the test examples stays in the table")
                .extracting(Measured::name)
                .containsExactly("few-shot", "zero-shot");
    }

    @Test
    void whoeverAsksForADroppedCandidatesRunIsToldWhyThereIsNone() {
        desk.compare(tried("[few-shot, zero-shot]"));
        assertThatThrownBy(() -> Runs.of(folder).find("route/zero-shot"))
                .hasMessageStartingWith(
                        "there is no run 'route/zero-shot': zero-shot was dropped after ")
                .hasMessageEndingWith(
                        "`racing: false` in sartor.yaml has every candidate meet them.");
    }

    @Test
    void withoutRacingAndWithFewExamplesEveryoneMeetsTheTestExamples() {
        var all = desk.compare(tried("[few-shot, zero-shot]") + "racing: false\n");
        assertThat(task(all).candidates()).hasSize(2);
        assertThat(task(all).dropped()).isEmpty();
        var other = new Desk(folder.resolve("few"));
        assertThat(task(other.compare(tried("[few-shot, zero-shot]"))).candidates())
                .as("12 validation examples show nothing")
                .hasSize(2);
    }

    @Test
    void aFigureOfAllExamplesTogetherDropsNobody() {
        var result =
                desk.compare(
                        tried("[few-shot, zero-shot]")
                                .replace("margin: 0.08", "margin: 0.08\n    metric: macro_f1"));
        assertThat(task(result).candidates()).hasSize(2);
    }

    @Test
    void aCandidateIsInWhileOneOfItsChoicesIs() {
        var result = desk.compare(tried("[linear, retrieval, few-shot]"));
        assertThat(task(result).dropped())
                .extracting(Dropped::candidate)
                .as("few-shot is good with one example and with four")
                .doesNotContain("few-shot");
        assertThat(Runs.of(folder).find("route/few-shot").setup().validation())
                .containsKeys("1", "4");
    }
}
