package dev.sartor.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Message;
import dev.sartor.core.Score;
import dev.sartor.core.measure.Probe;
import dev.sartor.core.work.Cancellation;
import dev.sartor.generate.LanguageModel;
import dev.sartor.tune.check.ProbeCheck;
import dev.sartor.tune.checkpoint.TrainingHistory;
import dev.sartor.tune.trainer.Trainer;
import dev.sartor.tune.trainer.TrainingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgettingTest {
    private static final int QUESTIONS = 100;

    @TempDir Path folder;

    @Test
    void twoStatesInARowThatForgotTooMuchEndTheTrainingAndTheOneBeforeIsKept() throws IOException {
        var said = new ArrayList<String>();
        var report = trained(new double[] {0, 0.02, 0.2, 0.3, 0.4}, said);
        assertThat(report.bestStep()).isEqualTo(1);
        assertThat(report.steps()).hasSize(3);
        assertThat(report.ended().orElseThrow()).contains("tune.max_forgetting");
        assertThat(said).anyMatch(line -> line.contains("too much forgotten"));
        assertThat(Files.readAllLines(folder.resolve("run").resolve(TrainingLog.FILE)))
                .filteredOn(line -> line.contains("right_choice"))
                .hasSize(4);
    }

    @Test
    void aLossThatIsAllowedDoesNotEndIt() throws IOException {
        var report = trained(new double[] {0, 0.04, 0.04, 0.04, 0.04}, new ArrayList<>());
        assertThat(report.ended()).isEmpty();
        assertThat(report.steps()).hasSize(4);
    }

    @Test
    void whereNoStateIsGoodEnoughTheErrorSaysWhatToChange() {
        assertThatThrownBy(() -> trained(new double[] {0, 0.5, 0.5, 0.5, 0.5}, new ArrayList<>()))
                .hasMessageContaining("tune.max_forgetting allows (0.05)")
                .hasMessageContaining("lower tune.learning_rate");
    }

    @Test
    void aLossThatTheQuestionsDoNotShowIsNone() {
        var before = new Ability(1, 1, values(i -> 0.5));
        var noisy = new Ability(1, 1, values(i -> i % 9 < 5 ? 0.0 : 1.0));
        var lost = noisy.lostSince(before);
        assertThat(lost.mean()).as("more than is allowed").isGreaterThan(0.05);
        assertThat(lost.low()).as("and yet nothing is shown").isNegative();
        var history = new TrainingHistory(TuneWatch.usual());
        history.measuredBefore(before);
        assertThat(history.forgot(checked(noisy))).isFalse();
        assertThat(history.forgot(checked(new Ability(1, 1, values(i -> i % 2 == 0 ? 0.3 : 0.5)))))
                .isTrue();
    }

    private static TrainingReport.CheckReport checked(Ability ability) {
        return new TrainingReport.CheckReport(1, 1, 1, Optional.empty(), Optional.of(ability));
    }

    @Test
    void theProbeFindsWhatTheModelFindsLikely() throws IOException {
        try (var model = TinyChat.open(folder, TinyChat.TEMPLATE)) {
            var question = new Probe.Question("2+2 is", List.of("4", "44", "5"), 0);
            var one = measured(model, question);
            var other = measured(model, new Probe.Question("2+2 is", question.choices(), 1));
            var third = measured(model, new Probe.Question("2+2 is", question.choices(), 2));
            assertThat(one.rightChoice() + other.rightChoice() + third.rightChoice())
                    .isCloseTo(1, within(1e-5));
            assertThat(one.accuracy() + other.accuracy() + third.accuracy()).isEqualTo(1);
            assertThat(one.perplexity())
                    .as("a random model knows nothing of 128 tokens")
                    .isBetween(90.0, 300.0);
            assertThat(ProbeCheck.of(model, new TuneWatch(0, 0, 100, 1), Optional.empty()))
                    .isEmpty();
        }
    }

    private static Ability measured(LanguageModel model, Probe.Question question) {
        return new ProbeCheck(model, new Probe(List.of(question), Probe.own().text()))
                .measure(Optional.empty());
    }

    /// One step an epoch, and after each as much lost as is said.
    private TrainingReport trained(double[] lost, List<String> said) throws IOException {
        var abilities = new ArrayList<Ability>();
        for (double each : lost) {
            abilities.add(new Ability(1 - each, 20, values(i -> 0.9 - each)));
        }
        Files.createDirectories(folder.resolve("model"));
        try (var model = TinyChat.open(folder.resolve("model"), TinyChat.TEMPLATE)) {
            var rows =
                    TrainingTexts.of(
                            model,
                            List.of(List.of(Message.user("2+2?"), Message.assistant("4"))),
                            true);
            var around =
                    new Trainer.Surroundings(
                            folder.resolve("run"),
                            Optional.of(_ -> new Score("accuracy", 0.5, 0, 1, 10)),
                            Optional.of(_ -> abilities.removeFirst()),
                            TuneWatch.usual(),
                            List.of(new TrainingLog(folder.resolve("run"))),
                            new Told(said),
                            new Cancellation());
            return Trainer.texts(model.decoder(), "tiny", TuneSettings.usual().withEpochs(4))
                    .train(rows.upTo(100, Optional.empty()), around);
        }
    }

    private interface Values {
        double at(int question);
    }

    private static List<Double> values(Values values) {
        return IntStream.range(0, QUESTIONS).mapToObj(values::at).toList();
    }
}
