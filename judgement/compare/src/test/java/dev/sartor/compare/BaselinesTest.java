package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.run.RunJson;
import dev.sartor.compare.verdict.Baseline;
import dev.sartor.compare.verdict.ComparisonJson;
import dev.sartor.compare.verdict.ComparisonResult;
import dev.sartor.compare.verdict.Verdict;
import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class BaselinesTest {
    @TempDir Path folder;
    private Desk desk;

    @BeforeEach
    void project() {
        desk = new Desk(folder);
    }

    private ComparisonResult compare(String approaches, String target) {
        return desk.compare(
                Desk.PROJECT
                        .replaceFirst("approaches: .*", "approaches: " + approaches)
                        .replace("    margin: 0.08\n", "    margin: 0.08\n" + target));
    }

    @Test
    void theCommonestAnswerAndTheBestPassageStandBesideTheCandidates() {
        var tasks = compare("[zero-shot]", "").tasks();
        var route = tasks.getFirst().baselines();
        assertThat(route).extracting(Baseline::name).containsExactly("majority");
        assertThat(route.getFirst().means()).startsWith("always 'billing', the commonest answer");
        assertThat(route.getFirst().score().value())
                .as("a third of the test messages are for billing")
                .isCloseTo(1 / 3.0, within(1e-9));

        var answer = tasks.get(1).baselines();
        assertThat(answer).extracting(Baseline::name).containsExactly("majority", "best passage");
        assertThat(answer.get(1).predictions())
                .hasSize(12)
                .allSatisfy(each ->
                        assertThat(each.answer())
                                .contains("in crowns is " + each.references().getFirst()));
        assertThat(answer.get(1).score().value())
                .as("the answer is one of its words")
                .isBetween(0.1, 0.5);
    }

    @Test
    void aLoneCandidateThatDoesNoBetterThanOneAnswerForAllIsNotShipped() {
        var result = compare("[zero-shot]", "");
        var verdict = result.tasks().getFirst().verdict();
        assertThat(verdict).isInstanceOf(Verdict.NotShownUsable.class);
        assertThat(verdict.candidate()).isEqualTo("zero-shot");
        assertThat(verdict.why())
                .startsWith("The best candidate, zero-shot, scores 0.333")
                .contains(
                        "is not shown to beat majority (always 'billing', the commonest answer of the"
                                + " training examples: 0.333): the difference is +0.0 points");
        var json = Json.mapper().readTree(result.json()).get("tasks").get(0);
        assertThat(json.get("verdict").get("kind").asString()).isEqualTo("not-shown-usable");
        assertThat(json.get("baselines").get(0).get("name").asString()).isEqualTo("majority");
        assertThat(json.get("candidates").get(0).get("good_enough").booleanValue()).isFalse();
    }

    @Test
    void aTargetSaysWhatIsEnoughWhateverTheBaselinesScore() {
        assertThat(compare("[zero-shot]", "    target: 0.3\n").tasks().getFirst().verdict())
                .isInstanceOf(Verdict.Ship.class);
    }

    @Test
    void whatBeatsThemAllIsShipped() {
        var route = compare("[zero-shot, nearest]", "").tasks().getFirst();
        assertThat(route.verdict()).isInstanceOf(Verdict.Ship.class);
        assertThat(route.verdict().candidate()).isEqualTo("nearest");
    }

    @Test
    void aComparisonThatAnEarlierVersionWroteHasNone() {
        var json = Json.mapper().readTree(compare("[zero-shot]", "").json());
        json.get("tasks").forEach(task -> ((ObjectNode) task).remove("baselines"));
        var file = folder.resolve("comparison.json");
        AtomicFile.write(file, Json.pretty(json));
        var read = RunJson.read(file, ComparisonJson.class);
        assertThat(read.tasks()).allSatisfy(task -> assertThat(task.baselines()).isEmpty());
    }
}
