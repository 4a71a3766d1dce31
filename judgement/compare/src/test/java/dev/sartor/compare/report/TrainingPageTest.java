package dev.sartor.compare.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.compare.approach.TunedAdapter;
import dev.sartor.compare.run.CurvePoint;
import dev.sartor.core.Score;
import dev.sartor.tune.Ability;
import dev.sartor.tune.AnswerSample;
import dev.sartor.tune.TrainingReport;
import dev.sartor.tune.TrainingWatcher;
import dev.sartor.tune.trainer.TrainingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingPageTest {
    private static final Ability BEFORE = new Ability(1, 20, List.of(0.75, 0.85));
    private static final Ability AFTER = new Ability(0.5, 30, List.of(0.60, 0.80));

    @TempDir Path folder;

    @Test
    void theLinesOfATrainingBecomeItsCurveAndItsAnswersAreText() throws IOException {
        try (var log = new TrainingLog(folder)) {
            log.begins(0, 2);
            log.before(BEFORE);
            step(log, 1, 3.5);
            step(log, 2, 1.25);
            log.check(check());
            log.answers(2, List.of(new AnswerSample("2+2?", "4", "<script>alert(5)</script>")));
        }
        var view = TrainingView.of("sums", folder.resolve(TrainingLog.FILE));
        assertThat(view.points())
                .containsExactly(
                        new CurvePoint(0, 0, 3.5, Optional.empty(), Optional.of(0.8)),
                        new CurvePoint(1, 0.5, 3.5, Optional.empty(), Optional.empty()),
                        new CurvePoint(2, 1, 1.25, Optional.of(0.5), Optional.of(0.7)));
        assertThat(view.metric()).isEqualTo("token f1");
        Report.writeTraining(
                "sums", folder.resolve(TrainingLog.FILE), folder.resolve("training.html"));
        assertThat(Files.readString(folder.resolve("training.html")))
                .contains("&lt;script&gt;alert(5)", "id=\"curve-0\"", "Content-Security-Policy")
                .contains("<td class=\"n\">1.250</td><td class=\"n\">0.500</td>")
                .doesNotContain("<script>alert");
    }

    @Test
    void aReportBecomesTheSameCurveAndSaysWhatWasLostAndWhyItEnded() {
        var report =
                new TrainingReport(
                        List.of(step(1, 3.5), step(2, 1.25)),
                        List.of(check()),
                        Optional.of(BEFORE),
                        2,
                        Optional.of("too much was forgotten"),
                        100,
                        50,
                        2,
                        10,
                        3,
                        Optional.empty());
        var adapter = TunedAdapter.of(report);
        assertThat(adapter.curve())
                .containsExactly(
                        new CurvePoint(0, 0, 3.5, Optional.empty(), Optional.of(0.8)),
                        new CurvePoint(1, 0.5, 3.5, Optional.empty(), Optional.empty()),
                        new CurvePoint(2, 1, 1.25, Optional.of(0.5), Optional.of(0.7)));
        assertThat(adapter.validation()).containsOnlyKeys(1.0);
        assertThat(adapter.said())
                .containsExactly(
                        "3 training examples were longer than max_tokens and left out.",
                        "The training ended after step 2 of epoch 1.00: too much was forgotten. Its state after step 2 is kept.",
                        "General ability: −10.0 points (−73.5 to +53.5) against before, in how likely the right choices of 2 general questions are.");
    }

    private static TrainingReport.CheckReport check() {
        return new TrainingReport.CheckReport(
                2,
                1,
                2.4,
                Optional.of(new Score("token_f1", 0.5, 0.2, 0.8, 12)),
                Optional.of(AFTER));
    }

    private static TrainingReport.StepReport step(int step, double loss) {
        return new TrainingReport.StepReport(step, loss, 1e-3, 0.5);
    }

    private static void step(TrainingLog log, int step, double loss) {
        log.step(step(step, loss), new TrainingWatcher.Pace(100, 200));
    }
}
