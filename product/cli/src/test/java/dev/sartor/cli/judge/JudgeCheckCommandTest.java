package dev.sartor.cli.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.SmallProject;
import dev.sartor.compare.run.Judged;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.judge.Agreement;
import dev.sartor.judge.Floors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeCheckCommandTest {
    @TempDir Path folder;

    @Test
    void theFiguresStandWithTheirFloorsAndTheLastLineSaysWhetherItMayMeasure() {
        assertThat(JudgeCheckCommand.text(by(0.62)).lines())
                .contains(
                        "judge large (0123456789abcdef)",
                        "pairs            40, of 44 judgements; people disagree about 3",
                        "κ with people    0.700 [0.620, 0.800], floor 0.40 for the lower end",
                        "position bias    +0.050 [-0.020, +0.120], at most 0.10 either way",
                        "goes along       0.800 of the way where people see a difference",
                        "It may measure: 'metric: judge'.");
        assertThat(JudgeCheckCommand.text(by(0.3)).lines().toList().getLast())
                .startsWith("Refused. Its κ with people is 0.70 [0.30, 0.80] on 40 pairs");
        assertThat(JudgeJson.of(by(0.3))).containsEntry("refused", true).containsEntry("pairs", 40);
    }

    @Test
    void aProjectWithoutAJudgeIsToldToNameOne() {
        var project = new SmallProject(folder);
        assertThat(project.sartor("judge", "check")).isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains(
                        "sartor.yaml names no judge: add a section 'judge' with a model and judgements.");
    }

    @Test
    void aJudgeNeedsAModelOrARemoteThatThereIs() {
        var project = new SmallProject(folder);
        project.write("judgements.jsonl", "{}\n");
        project.write(
                "sartor.yaml",
                SmallProject.FILE
                        + "judge: {remote: large, judgements: judgements.jsonl, if_refused: rouge1}\n");
        assertThat(project.sartor("judge", "check")).isEqualTo(2);
        assertThat(project.screen.remarks()).contains("judge.if_refused must be token_f1");
        project.write(
                "sartor.yaml",
                SmallProject.FILE.replace("labels: [billing, repair]", "metric: judge")
                        + "judge: {remote: large, judgements: judgements.jsonl}\n");
        assertThat(project.sartor("judge", "check")).isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains("judge.remote must be the name of one of the remotes, got 'large'");
        project.write(
                "sartor.yaml",
                SmallProject.FILE.replace("labels: [billing, repair]", "metric: judge"));
        assertThat(project.sartor("judge", "check")).isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains("tasks[0].metric is judge, and sartor.yaml names none.");
    }

    private static Judged.By by(double low) {
        var agreement =
                new Agreement(
                        40,
                        44,
                        3,
                        0.7,
                        new Interval(low, 0.8),
                        0.05,
                        new Interval(-0.02, 0.12),
                        0.9,
                        new Interval(0.77, 0.96),
                        agreements(),
                        0,
                        0);
        return Judged.By.of("large", "0123456789abcdef", new Floors(0.4, 0.1), agreement);
    }

    private static List<Double> agreements() {
        var all = new ArrayList<>(Collections.nCopies(27, 1.0));
        all.addAll(Collections.nCopies(3, -1.0));
        return all;
    }
}
