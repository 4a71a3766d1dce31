package dev.sartor.tune;

import dev.sartor.core.AtomicFile;
import dev.sartor.core.Cancellation;
import dev.sartor.core.Json;
import dev.sartor.core.Progress;
import dev.sartor.core.Sha256;
import dev.sartor.model.Decoder;
import dev.sartor.model.Encoder;
import dev.sartor.model.EncoderDecoder;
import dev.sartor.model.Network;
import dev.sartor.model.SentenceEncoder;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Function;

/// Trains a model: step after step over shuffled rows, measured on the way, the best parameters kept. A training that is
/// stopped or killed goes on from its last checkpoint when it is started again with the same recipe and folder, and ends
/// in the same bytes as one that was not.
///
/// @param <R> one row of training data
public final class Trainer<R> {
    private static final String RECORD = "trained.json";

    private final Network network;
    private final String baseModel;
    private final TuneSettings settings;
    private final String objective;
    private final Function<Trainable, Objective<R>> objectives;

    private Trainer(
            Network network,
            String baseModel,
            TuneSettings settings,
            String objective,
            Function<Trainable, Objective<R>> objectives) {
        this.network = network;
        this.baseModel = baseModel;
        this.settings = settings;
        this.objective = objective;
        this.objectives = objectives;
    }

    /// The next token, where rows say so.
    ///
    /// @param baseModel the model's name, noted in what is written; likewise below
    public static Trainer<TrainingRow> texts(
            Decoder decoder, String baseModel, TuneSettings settings) {
        return new Trainer<>(
                decoder,
                baseModel,
                settings,
                "texts",
                trained -> new AnswerObjective(decoder, trained, settings.kept(), true));
    }

    /// Better answers against worse ones (DPO). An adapter alone can be trained so.
    ///
    /// @param beta how strongly the model is held to where it stood; 0.1 is usual
    /// @throws dev.sartor.core.SartorException a user's error when the whole network is to be trained
    public static Trainer<PreferenceRow> preferences(
            Decoder decoder, String baseModel, TuneSettings settings, double beta) {
        dev.sartor.core.Problems.refuseUnless(
                settings.method() instanceof TuneMethod.Lora,
                "tune.method",
                "lora where preferences are learned",
                "full",
                "the model without its adapter is what answers are measured against");
        return new Trainer<>(
                decoder,
                baseModel,
                settings,
                "preferences " + beta,
                trained -> new PreferenceObjective(decoder, trained, settings.kept(), beta));
    }

    /// A text to be said after another was read.
    public static Trainer<PairRow> pairs(
            EncoderDecoder network, String baseModel, TuneSettings settings) {
        return new Trainer<>(
                network,
                baseModel,
                settings,
                "pairs",
                trained -> new PairObjective(network, trained));
    }

    /// Texts' classes.
    public static Trainer<LabelledRow> classes(
            Encoder encoder, String baseModel, TuneSettings settings) {
        return new Trainer<>(
                encoder,
                baseModel,
                settings,
                "classes",
                trained -> new ClassObjective(encoder, trained));
    }

    /// Hidden words.
    public static Trainer<MaskedRow> words(
            Encoder encoder, String baseModel, TuneSettings settings, Masking masking) {
        return new Trainer<>(
                encoder,
                baseModel,
                settings,
                "words " + Json.line(masking),
                trained -> new WordObjective(encoder, trained, Optional.of(masking)));
    }

    /// Texts that mean the same.
    public static Trainer<SimilarRow> meanings(
            SentenceEncoder encoder, String baseModel, TuneSettings settings) {
        return new Trainer<>(
                encoder.network(),
                baseModel,
                settings,
                "meanings",
                trained -> new MeaningObjective(encoder, trained));
    }

    /// What a training needs from around it.
    ///
    /// @param folder receives what is trained and, while it is, the checkpoints; one training at a time
    /// @param check empty to keep the last parameters unmeasured
    /// @param ability empty to let the model forget unwatched
    public record Surroundings(
            Path folder,
            Optional<TrainingCheck> check,
            Optional<AbilityCheck> ability,
            TuneWatch watch,
            List<TrainingWatcher> watchers,
            Progress progress,
            Cancellation cancellation) {
        public Surroundings {
            watchers = List.copyOf(watchers);
        }

        /// Nothing measured but the task.
        public static Surroundings of(
                Path folder,
                Optional<TrainingCheck> check,
                Progress progress,
                Cancellation cancellation) {
            return new Surroundings(
                    folder,
                    check,
                    Optional.empty(),
                    TuneWatch.usual(),
                    List.of(),
                    progress,
                    cancellation);
        }
    }

    /// What stands beside the result once a training is done.
    private record Done(String recipe, TrainingReport report) {}

    /// Trains to the end and writes the result. Where it is there already, of the same recipe, nothing is done again.
    ///
    /// @throws dev.sartor.core.SartorException of the kind STOPPED when the user stops it; the checkpoint is written then
    public TrainingReport train(TrainingSet<R> set, Surroundings around) {
        try (var _ = RunLock.of(around.folder());
                var learner = learner()) {
            var recipe = recipe(set, learner.objective(), around);
            var done = recorded(around.folder(), recipe);
            return done.isPresent() ? done.get() : train(set, learner, recipe, around);
        }
    }

    private TrainingReport train(
            TrainingSet<R> set, Learner<R> learner, String recipe, Surroundings around) {
        var run = new TrainingRun<>(set, settings, learner, recipe, around);
        var report = run.toTheEnd();
        inScope(() -> {
            learner.trained().write(around.folder(), baseModel);
            return true;
        });
        AtomicFile.write(around.folder().resolve(RECORD), Json.pretty(new Done(recipe, report)));
        run.removeCheckpoints();
        return report;
    }

    private static Optional<TrainingReport> recorded(Path folder, String recipe) {
        var file = folder.resolve(RECORD);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var record = Json.mapper().treeToValue(Json.read(file), Done.class);
        return record.recipe().equals(recipe) ? Optional.of(record.report()) : Optional.empty();
    }

    private Learner<R> learner() {
        return inScope(() -> {
            var random = new SplittableRandom(settings.seed());
            var trained =
                    switch (settings.method()) {
                        case TuneMethod.Lora lora -> TrainedAdapter.fresh(network, lora, random);
                        case TuneMethod.Full full -> new TrainedNetwork(network, full);
                    };
            return new Learner<>(trained, objectives.apply(trained), settings);
        });
    }

    private String recipe(TrainingSet<R> set, Objective<R> rows, Surroundings around) {
        return Sha256.of(
                Json.line(settings)
                        + settings.method().getClass().getSimpleName()
                        + Json.line(around.watch())
                        + objective
                        + baseModel
                        + network.parameters()
                        + set.rows().stream().map(rows::content).toList());
    }

    private static <T> T inScope(Callable<T> work) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                return work.call();
            }
        });
    }
}
