package dev.sartor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Origin;
import dev.sartor.core.Readers;
import dev.sartor.core.measure.Probe;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.tune.TinyChat;
import dev.sartor.tune.TrainingTexts;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterEffectTest {
    private static final List<Message> TURNS = List.of(Message.user("2+2?"));

    @TempDir Path folder;

    @Test
    void whatWasLearnedIsLikelierThanBeforeAndTheProbeSaysWhatElseChanged() throws IOException {
        Files.createDirectories(folder.resolve("model"));
        try (var model = TinyChat.open(folder.resolve("model"), TinyChat.TEMPLATE)) {
            var told = List.of(Message.user("2+2?"), Message.assistant("4"));
            var rows = TrainingTexts.of(model, List.of(told), true).upTo(100, Optional.empty());
            var around =
                    Trainer.Surroundings.of(
                            folder.resolve("run"),
                            Optional.empty(),
                            Progress.silent(),
                            new Cancellation());
            var settings = TuneSettings.usual().withEpochs(20).withLearningRate(1e-2);
            var report = Trainer.texts(model.decoder(), "tiny", settings).train(rows, around);
            var held =
                    new Example(
                            "1", TURNS, List.of("4"), Readers.everyone(), new Origin("held", 1));
            var question = new Probe.Question("2+2 is", List.of("4", "5"), 0);
            var probe = new Probe(List.of(question, question), Probe.own().text());
            var effect = AdapterEffect.of(model, folder.resolve("run"), probe, List.of(held, held));
            var loss = effect.answers().orElseThrow().loss();
            assertThat(loss.before())
                    .as("the loss of the first step, before any")
                    .isCloseTo(report.steps().getFirst().loss(), within(0.05));
            assertThat(loss.after()).isLessThan(0.2 * loss.before());
            assertThat(loss.lost().orElseThrow().mean())
                    .isCloseTo(loss.before() - loss.after(), within(1e-5));
            assertThat(effect.answers().orElseThrow().rows()).isEqualTo(2);
            assertThat(effect.perplexity().after()).isNotEqualTo(effect.perplexity().before());
            assertThat(effect.rightChoice().before()).isBetween(0.0, 1.0);
            assertThat(effect.rightChoice().after()).isNotEqualTo(effect.rightChoice().before());
        }
    }
}
