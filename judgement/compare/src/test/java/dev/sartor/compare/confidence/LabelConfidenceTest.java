package dev.sartor.compare.confidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Answer;
import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Origin;
import dev.sartor.core.Readers;
import dev.sartor.core.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LabelConfidenceTest {
    private static final Task TASK =
            new Task(
                    "route",
                    "Say it.",
                    List.of("a", "b", "none"),
                    "accuracy",
                    Optional.empty(),
                    0.05,
                    Optional.empty(),
                    4);

    private final List<Example> examples = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();

    private void row(String reference, double a, double b, double none) {
        examples.add(
                new Example(
                        "r" + examples.size(),
                        List.of(Message.user("text")),
                        List.of(reference),
                        Readers.everyone(),
                        new Origin("rows.jsonl", examples.size() + 1)));
        answers.add(answer(a, b, none));
    }

    private static Answer answer(double a, double b, double none) {
        return new Answer(
                a > b ? "a" : "b",
                Answer.Finish.STOP,
                new Answer.Usage(1, 0, 0),
                List.of(),
                Map.of("a", Math.log(a), "b", Math.log(b), "none", Math.log(none)),
                0);
    }

    /// Whoever can say the label for what fits no other is sure of it where nothing else fits.
    private LabelConfidence learned(int outOfScope) {
        for (int i = 0; i < 40; i++) {
            boolean isA = i % 2 == 0;
            row(isA ? "a" : "b", isA ? 0.9 : 0.05, isA ? 0.05 : 0.9, 0.05);
        }
        for (int i = 0; i < outOfScope; i++) {
            row("none", 0.04, 0.06, 0.9);
        }
        return new LabelConfidence(TASK, Optional.of("none"));
    }

    @Test
    void howProbableTheLabelForWhatFitsNoOtherIsSpeaksAgainstTheOthers() {
        var labels = learned(10);
        var calibration = labels.calibrated(examples, answers).orElseThrow();
        assertThat(labels.of(answer(0.9, 0.05, 0.05), calibration).orElseThrow().fits())
                .isGreaterThan(0.8);
        assertThat(labels.of(answer(0.04, 0.06, 0.9), calibration).orElseThrow().fits())
                .isLessThan(0.2);
    }

    @Test
    void fromTooFewThatFitNoLabelNothingIsLearned() {
        var labels = learned(9);
        var calibration = labels.calibrated(examples, answers).orElseThrow();
        assertThat(calibration.inScope()).isEmpty();
        var sure = labels.of(answer(0.9, 0.05, 0.05), calibration).orElseThrow();
        assertThat(sure.fits()).as("how sure it is of its own").isEqualTo(sure.calibrated());
    }

    @Test
    void withoutSuchALabelNothingIsToldOfIt() {
        learned(0);
        var labels = new LabelConfidence(TASK, Optional.empty());
        assertThat(labels.calibrated(examples, answers).orElseThrow().inScope()).isEmpty();
    }
}
