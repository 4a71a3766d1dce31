package dev.sartor.promptsearch.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.evaluate.Prediction;
import dev.sartor.promptsearch.Rows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReflectionTextTest {
    @Test
    void theInstructionStandsBetweenTheLastMarks() {
        assertThat(ReflectionText.instruction("Old:\n```\nA\n```\nNew:\n```text\nB c\n```\nDone."))
                .contains("B c");
        assertThat(ReflectionText.instruction("  Say it better.  ")).contains("Say it better.");
    }

    @Test
    void nothingAndWhatRepeatsItselfIsNoInstruction() {
        assertThat(ReflectionText.instruction("``` ```")).isEmpty();
        assertThat(ReflectionText.instruction("again ".repeat(1000))).isEmpty();
    }

    @Test
    void theProposerSeesTheInstructionAndEachMistake() {
        var wrong = List.of(new Prediction("a", "fruit", List.of("metal")));
        var request = ReflectionText.request(Rows.TASK, "Say it.", wrong, Map.of("a", "an apple"));
        assertThat(request)
                .contains(
                        "Say it.",
                        "fruit, metal",
                        "Message: an apple",
                        "Its answer: fruit",
                        "Right answer: metal");
    }
}
