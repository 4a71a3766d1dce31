package dev.sartor.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.encoder.ClassifierModel;
import dev.sartor.generate.encoder.CrossEncoder;
import dev.sartor.model.file.FreshClassHead;
import dev.sartor.model.file.NetworkFolder;
import dev.sartor.tensor.DType;
import dev.sartor.tokenizer.file.TokenizerReader;
import dev.sartor.tune.trainer.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cross-encoder is trained as a classifier of pairs, whose second class is the positive one.
class CrossEncoderTrainingTest {
    private static final Path MODEL =
            Path.of("..", "generate", "src", "test", "resources", "rerankers", "two-outputs");
    private static final List<String> LABELS = List.of("LABEL_0", "LABEL_1");
    private static final List<String> THINGS =
            List.of("cat", "dog", "rivers", "town", "sun", "mat");

    @TempDir Path folder;

    @Test
    void learnsFromPairsWhichPassageAnswers() {
        var tokenizer = TokenizerReader.open(MODEL);
        var rows = new ArrayList<LabelledRow>();
        for (var asked : THINGS) {
            for (var told : THINGS) {
                int label = asked.equals(told) ? 1 : 0;
                var pair = tokenizer.encodePair("where did the " + asked + " sit?", passage(told));
                for (int i = 0; i < (label == 1 ? THINGS.size() - 1 : 1); i++) {
                    rows.add(LabelledRow.ofPair(pair, label));
                }
            }
        }
        assertThat(right(MODEL)).as("untrained").isLessThan(THINGS.size());
        var settings =
                TuneSettings.usual()
                        .with(TuneMethod.Full.everything())
                        .withEpochs(60)
                        .withBatch(12)
                        .withLearningRate(5e-3);
        try (var model = ClassifierModel.withHead("tiny", MODEL, DType.F32, LABELS, 1)) {
            var around =
                    new Trainer.Surroundings(
                            folder,
                            Optional.empty(),
                            Optional.empty(),
                            TuneWatch.usual(),
                            List.of(),
                            Progress.silent(),
                            new Cancellation());
            Trainer.classes(model.network(), "tiny", settings)
                    .train(TrainingSet.of(rows, row -> row.ids().length, 64), around);
            NetworkFolder.complete(
                    MODEL, folder, model.network(), new FreshClassHead("bert", LABELS).settings());
        }
        assertThat(right(folder)).as("trained").isEqualTo(THINGS.size());
    }

    private static String passage(String thing) {
        return "a " + thing + " sat on the old town";
    }

    /// Questions whose own passage comes first.
    private static long right(Path model) {
        var passages = THINGS.stream().map(CrossEncoderTrainingTest::passage).toList();
        try (var reranker = CrossEncoder.open("tiny", model, DType.F32)) {
            return THINGS.stream()
                    .filter(asked -> {
                        var scores = reranker.scores("where did the " + asked + " sit?", passages);
                        int best =
                                scores.indexOf(scores.stream().max(Double::compare).orElseThrow());
                        return passages.get(best).contains(" " + asked + " sat");
                    })
                    .count();
        }
    }
}
