package dev.sartor.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.SmallProject;
import dev.sartor.compare.TaskTuning.Explanation;
import dev.sartor.compare.approach.Engines;
import dev.sartor.compare.approach.TuningRequest;
import dev.sartor.model.PassSize;
import dev.sartor.model.memory.MemoryNeed;
import dev.sartor.project.ProjectFile;
import dev.sartor.project.setting.Costs;
import dev.sartor.project.setting.TuningCare;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.TuneWatch;
import dev.sartor.tune.memory.MemoryPlan;
import dev.sartor.tune.memory.TuningPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.util.DefaultLocale;

class TuneExplanationTest {
    @TempDir Path folder;

    private Explanation explanation(boolean isTrained) {
        return explanation(isTrained, Engines.Divided.ALONE);
    }

    private Explanation explanation(boolean isTrained, Engines.Divided ranks) {
        var epoch = new TuningPlan.Epoch(19, 27_000, 9_000, 1_200);
        var plan =
                new TuningPlan(
                        300, 12, 0, 137, epoch, 57, 3, 4_900_000, 134_500_000, 20_000, 100, 50);
        var care =
                new TuningCare(
                        Optional.empty(),
                        new TuneWatch(0, 2, 100, 0.05),
                        Optional.empty(),
                        List.of());
        var request =
                new TuningRequest(
                        "smollm2-135m-instruct",
                        List.of(),
                        List.of(),
                        ProjectFile.read(new SmallProject(folder).folder).tune(),
                        1,
                        care,
                        Path.of("runs"));
        return new Explanation(
                request,
                new Engines.Plan(plan, TuneSettings.usual(), 400, memory(8000), ranks),
                100,
                new Costs("EUR", 0.12, 10_000, 4, 0, 0, Map.of()),
                isTrained,
                Optional.empty(),
                List.of());
    }

    private static MemoryPlan memory(long allowed) {
        return new MemoryPlan(
                new MemoryNeed((1600L << 20) - MemoryNeed.RUNTIME, 0, 0, 0, 0, 0, 0),
                OptionalLong.of(allowed),
                TuneSettings.Passes.usual(),
                List.of(PassSize.of(16, 90)),
                OptionalInt.of(120));
    }

    @Test
    void everyLineSaysWhatAndWhy() {
        assertThat(TuneExplanation.text("route", explanation(false)))
                .isEqualTo(
                        """
                        route: smollm2-135m-instruct would be tuned as follows.
                          data       300 training examples of 90 tokens on average, the longest of 137 (at most 1,024); 12 longer ones are left out (too_long: drop)
                          computed   27,000 tokens an epoch; 9,000 of them are computed, since what the rows of a step begin with is computed once; 1,200 are learned, the answers and their ends
                          trained    an adapter of rank 16: 4.9 M parameters, 3.6 % of the model's 134.5 M, which stay as they are
                          steps      57: 3 epochs of 19, with 16 examples in each step
                          rate       up to 0.001 in the first 6 steps, since first steps point anywhere; then half a cosine down to 0
                          measured   3 times, after each epoch: the answers to 100 validation examples; the state that scores best is kept; 2 without a better one end the training; general ability too, and before the training: a state that lost more than 5 points is not kept, two in a row end the training
                          time       2 min 30 s: 1 min 40 s for the steps (20,000 GFLOP at half of this machine's 400 GFLOP/s), 50 s for the measurements
                          memory     1,600 MiB at the peak, in passes of up to 1,440 tokens; the process may hold 8,000; the largest batch that fits in one pass is 120
                          cost       0.0050 EUR at 0.12 an hour of this machine; 0.020 a year with 4 trainings
                        Nothing was started.\
                        """);
    }

    @Test
    @DefaultLocale("de-DE")
    void numbersAreWrittenAlikeInEveryLanguageOfTheMachine() {
        assertThat(TuneExplanation.text("route", explanation(false)))
                .contains(
                        "(at most 1,024)",
                        "27,000 tokens an epoch; 9,000 of them",
                        "4.9 M parameters, 3.6 %",
                        "20,000 GFLOP",
                        "1,600 MiB",
                        "0.0050 EUR");
    }

    /// Where digits are others.
    @Test
    @DefaultLocale("ar-EG")
    void digitsAreTheSameInEveryLanguageOfTheMachine() {
        assertThat(TuneExplanation.text("route", explanation(false)))
                .contains("300 training examples", "57: 3 epochs of 19");
    }

    @Test
    void whatIsTrainedAlreadyIsSaid() {
        assertThat(TuneExplanation.text("route", explanation(true)))
                .contains("is tuned already with these settings and data");
    }

    @Test
    void ranksAreToldWhereThereAreSeveral() {
        assertThat(TuneExplanation.text("route", explanation(false, new Engines.Divided(4, 4))))
                .contains(
                        "  ranks      4, on 4 machines, each taken to be as fast as this one: each holds the model, all gradients and 1/4 of the optimiser's state",
                        "at half of each rank's 400 GFLOP/s",
                        "0.020 EUR at 0.12 an hour of each machine");
        assertThat(TuneExplanation.text("route", explanation(false, new Engines.Divided(2, 1))))
                .contains("  ranks      2, which divide this machine's cores and memory: each")
                .contains("0.0050 EUR at 0.12 an hour of this machine");
        assertThat(TuneExplanation.fields(explanation(false, new Engines.Divided(4, 2))))
                .containsEntry("ranks", 4)
                .containsEntry("machines", 2);
    }

    @Test
    void theFieldsAreThoseOfTheText() {
        assertThat(TuneExplanation.fields(explanation(false)))
                .containsEntry("steps", 57)
                .containsEntry("seconds", 150.0)
                .containsEntry("memory_mib", 1600L)
                .containsEntry("largest_batch", 120)
                .containsEntry("cost", 150.0 / 3600 * 0.12);
    }
}
