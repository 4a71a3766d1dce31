package dev.sartor.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.data.JudgedPassages;
import dev.sartor.evaluate.retrieval.RelevanceScores;
import dev.sartor.generate.encoder.CrossEncoder;
import dev.sartor.model.file.NetworkFolder;
import dev.sartor.tensor.DType;
import dev.sartor.tune.LabelledRow;
import dev.sartor.tune.TinyTraining;
import dev.sartor.tune.TrainingReport;
import dev.sartor.tune.TrainingSet;
import dev.sartor.tune.TrainingWatcher;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.TuneWatch;
import dev.sartor.tune.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An embedder, and a cross-encoder with one output, learn which passage answers.
class RelevanceTrainingTest {
    private static final Path MODELS =
            Path.of("..", "..", "engine", "generate", "src", "test", "resources");
    private static final String EMBEDDER = "embedders/mean-normalised";
    private static final List<String> THINGS =
            List.of("cat", "dog", "rivers", "town", "sun", "mat");

    @TempDir Path folder;

    private static String passage(String thing) {
        return "a " + thing + " sat on the old town";
    }

    private static List<JudgedPassages> questions() {
        return THINGS.stream()
                .map(asked ->
                        new JudgedPassages(
                                "where did the " + asked + " sit?",
                                List.of(passage(asked)),
                                THINGS.stream()
                                        .filter(told -> !told.equals(asked))
                                        .map(RelevanceTrainingTest::passage)
                                        .toList()))
                .toList();
    }

    private static List<LabelledRow> rows(CrossEncoder open, int times) {
        var rows = new ArrayList<LabelledRow>();
        for (var question : questions()) {
            var right = open.pair(question.question(), question.relevant().getFirst());
            for (int i = 0; i < times; i++) {
                rows.add(LabelledRow.ofPair(right, 1));
            }
            for (var other : question.irrelevant()) {
                rows.add(LabelledRow.ofPair(open.pair(question.question(), other), 0));
            }
        }
        return rows;
    }

    private static CrossEncoder open(Path model) {
        return CrossEncoder.withHead("tiny", model, DType.F32, 64, 1);
    }

    private static TuneSettings settings(int epochs, int batch) {
        return TuneSettings.usual()
                .with(TuneMethod.Full.everything())
                .withEpochs(epochs)
                .withBatch(batch)
                .withLearningRate(5e-3);
    }

    private static Trainer.Surroundings around(
            Path folder, List<TrainingWatcher> watchers, Cancellation cancellation) {
        return new Trainer.Surroundings(
                folder,
                Optional.empty(),
                Optional.empty(),
                TuneWatch.usual(),
                watchers,
                Progress.silent(),
                cancellation);
    }

    private static TrainingReport train(
            CrossEncoder open, TuneSettings settings, Trainer.Surroundings around) {
        return Trainer.relevance(open.network(), "tiny", settings)
                .train(new TrainingSet<>(rows(open, THINGS.size() - 1), 0), around);
    }

    @ParameterizedTest
    @ValueSource(strings = {EMBEDDER, "rerankers/one-output"})
    void learnsWhichPassageAnswersAndIsWrittenAsACrossEncoder(String name) {
        var model = MODELS.resolve(name);
        RelevanceScores trained;
        try (var open = open(model)) {
            double untrained = RelevanceScores.of(open, questions()).order().value();
            train(open, settings(60, 12), around(folder, List.of(), new Cancellation()));
            NetworkFolder.completeScorer(model, folder, open.network(), open.limit());
            trained = RelevanceScores.of(open, questions());
            assertThat(trained.order().value()).isGreaterThan(untrained + 0.1);
        }
        assertThat(trained.relevantRight()).isEqualTo(THINGS.size());
        try (var written = CrossEncoder.open("tiny", folder, DType.F32)) {
            assertThat(RelevanceScores.of(written, questions())).isEqualTo(trained);
        }
        var config = Json.read(folder.resolve("config.json"));
        assertThat(config.at("/architectures/0").asString())
                .isEqualTo("BertForSequenceClassification");
        assertThat(config.get("id2label").size()).isEqualTo(1);
        assertThat(folder.resolve("modules.json")).doesNotExist();
        assertThat(folder.resolve("1_Pooling")).doesNotExist();
    }

    @Test
    void theLossIsTheBinaryCrossEntropyOfItsScores() {
        try (var open = open(MODELS.resolve(EMBEDDER))) {
            double sum = 0;
            for (var question : questions()) {
                double right = open.scores(question.question(), question.relevant()).getFirst();
                sum += (THINGS.size() - 1) * Math.log1p(Math.exp(-right));
                for (double other : open.scores(question.question(), question.irrelevant())) {
                    sum += Math.log1p(Math.exp(other));
                }
            }
            int rows = rows(open, THINGS.size() - 1).size();
            var report =
                    train(open, settings(1, rows), around(folder, List.of(), new Cancellation()));
            assertThat(report.steps().getFirst().loss()).isCloseTo(sum / rows, within(1e-5));
        }
    }

    @Test
    void stoppedAtAnyStepItGoesOnAndEndsInTheSameBytes() throws IOException {
        byte[] whole;
        try (var open = open(MODELS.resolve(EMBEDDER))) {
            train(
                    open,
                    settings(2, 12),
                    around(folder.resolve("whole"), List.of(), new Cancellation()));
            whole = weights("whole");
        }
        for (int step : List.of(1, 4, 7)) {
            var place = "stopped-" + step;
            var cancellation = new Cancellation();
            try (var open = open(MODELS.resolve(EMBEDDER))) {
                var around =
                        around(
                                folder.resolve(place),
                                List.of(new TinyTraining.Stopping(step, cancellation)),
                                cancellation);
                assertThatThrownBy(() -> train(open, settings(2, 12), around))
                        .isInstanceOf(SartorException.class)
                        .hasMessageContaining("Stopped after step " + step);
            }
            try (var open = open(MODELS.resolve(EMBEDDER))) {
                train(
                        open,
                        settings(2, 12),
                        around(folder.resolve(place), List.of(), new Cancellation()));
            }
            assertThat(weights(place)).isEqualTo(whole);
        }
    }

    private byte[] weights(String place) throws IOException {
        return Files.readAllBytes(folder.resolve(place).resolve("model.safetensors"));
    }
}
