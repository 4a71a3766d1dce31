package dev.sartor.tune.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Message;
import dev.sartor.core.Score;
import dev.sartor.core.measure.Probe;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.tune.TinyChat;
import dev.sartor.tune.TrainingTexts;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.TuneWatch;
import dev.sartor.tune.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningPlanTest {
    private static final int ROWS = 5;

    private final TuneSettings settings = TuneSettings.usual().withBatch(2);
    private final TuneWatch watch = new TuneWatch(2, 0, 100, 0.05);

    @TempDir Path folder;

    private static List<List<Message>> conversations() {
        return IntStream.range(0, ROWS)
                .mapToObj(i ->
                        List.of(
                                Message.user("A question that begins alike: " + i),
                                Message.assistant("answer")))
                .toList();
    }

    @Test
    void stepsMeasurementsTokensAndParametersAreThoseOfTheTraining() throws IOException {
        Files.createDirectories(folder.resolve("model"));
        try (var model = TinyChat.open(folder.resolve("model"), TinyChat.TEMPLATE)) {
            var set = TrainingTexts.of(model, conversations(), false).upTo(100, Optional.empty());
            var unprobed = new TuningPlan.Measured(10, Optional.empty());
            var plan = TuningPlan.of(model, set, settings, watch, unprobed, 100);
            var report =
                    Trainer.texts(model.decoder(), "tiny", settings)
                            .train(
                                    set,
                                    new Trainer.Surroundings(
                                            folder.resolve("run"),
                                            Optional.of(_ -> new Score("accuracy", 0, 0, 1, 10)),
                                            Optional.empty(),
                                            watch,
                                            List.of(),
                                            Progress.silent(),
                                            new Cancellation()));
            assertThat(plan.steps()).isEqualTo(report.steps().size()).isEqualTo(9);
            assertThat(plan.checks()).isEqualTo(report.checks().size()).isEqualTo(6);
            assertThat(plan.parameters()).isEqualTo(report.parameters());
            assertThat(plan.epoch().tokens() * settings.epochs()).isEqualTo(report.tokens());
            assertThat(plan.epoch().learned()).as("six letters and the end").isEqualTo(ROWS * 7);
            assertThat(plan.epoch().computed())
                    .as("two rows of a step share what they begin with; passes are filled up to 32")
                    .isLessThan(plan.epoch().tokens())
                    .isEqualTo(96 + 96 + 64);
        }
    }

    @Test
    void timeFollowsTheMachineAndTheProbeAddsToIt() throws IOException {
        Files.createDirectories(folder.resolve("model"));
        try (var model = TinyChat.open(folder.resolve("model"), TinyChat.TEMPLATE)) {
            var set = TrainingTexts.of(model, conversations(), false).upTo(100, Optional.empty());
            var unprobed = new TuningPlan.Measured(10, Optional.empty());
            var slow = TuningPlan.of(model, set, settings, watch, unprobed, 100);
            var fast = TuningPlan.of(model, set, settings, watch, unprobed, 200);
            assertThat(slow.seconds()).isCloseTo(2 * fast.seconds(), within(1e-12));
            var probed = new TuningPlan.Measured(10, Optional.of(Probe.own()));
            assertThat(TuningPlan.of(model, set, settings, watch, probed, 100).checkSeconds())
                    .isGreaterThan(slow.checkSeconds());
            assertThat(slow.share()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void theWorkOfAStepIsTheFormulas() {
        var work = new StepWork(1000, 100, 10, 5);
        assertThat(work.training(3, 2, 7) * 1e9)
                .isCloseTo(3 * (4000 + 60 + 6 * 5 * 7) + 2 * 400, within(1e-6));
        assertThat(work.reading(3, 2, 7) * 1e9)
                .isCloseTo(3 * (2000 + 20 + 2 * 5 * 7) + 2 * 200, within(1e-6));
    }
}
