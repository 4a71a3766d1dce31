package dev.sartor.tune.trainer;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.model.file.SentenceEncoder;
import dev.sartor.model.network.Decoder;
import dev.sartor.model.network.Encoder;
import dev.sartor.model.network.EncoderDecoder;
import dev.sartor.model.network.Network;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tune.LabelledRow;
import dev.sartor.tune.MaskedLmMasking;
import dev.sartor.tune.MaskedRow;
import dev.sartor.tune.PairRow;
import dev.sartor.tune.PreferenceRow;
import dev.sartor.tune.SimilarRow;
import dev.sartor.tune.TrainingCheck;
import dev.sartor.tune.TrainingReport;
import dev.sartor.tune.TrainingRow;
import dev.sartor.tune.TrainingSet;
import dev.sartor.tune.TrainingWatcher;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.TuneWatch;
import dev.sartor.tune.check.AbilityCheck;
import dev.sartor.tune.checkpoint.Checkpoints;
import dev.sartor.tune.checkpoint.FinishedTraining;
import dev.sartor.tune.checkpoint.RunLock;
import dev.sartor.tune.memory.MemoryChoice;
import dev.sartor.tune.memory.MemoryPlan;
import dev.sartor.tune.memory.MemoryPlanner;
import dev.sartor.tune.objective.Batches;
import dev.sartor.tune.objective.CausalLmObjective;
import dev.sartor.tune.objective.ClassObjective;
import dev.sartor.tune.objective.ContrastiveObjective;
import dev.sartor.tune.objective.DpoObjective;
import dev.sartor.tune.objective.Learner;
import dev.sartor.tune.objective.MaskedLmObjective;
import dev.sartor.tune.objective.Objective;
import dev.sartor.tune.objective.Seq2SeqObjective;
import dev.sartor.tune.objective.Trainable;
import dev.sartor.tune.objective.TrainedAdapter;
import dev.sartor.tune.objective.TrainedNetwork;
import dev.sartor.tune.objective.Untrained;
import dev.sartor.tune.optimiser.Peers;
import dev.sartor.tune.privacy.PrivateSteps;
import dev.sartor.tune.rank.Ranks;
import dev.sartor.tune.trainer.TrainingRecipe.Aim;
import dev.sartor.tune.trainer.TrainingRecipe.Learned;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Trains a model: step after step over shuffled rows, measured on the way, the best parameters kept. A training that is
/// stopped or killed goes on from its last checkpoint when it is started again with the same recipe and folder, and ends
/// in the same bytes as one that was not.
///
/// @param <R> one row of training data
public final class Trainer<R> {
    private final Network network;
    private final String baseModel;
    private final TuneSettings settings;
    private final Aim aim;
    private final BiFunction<Trainable, TuneSettings, Objective<R>> objectives;
    private final Ranks ranks;

    private Trainer(
            Network network,
            String baseModel,
            TuneSettings settings,
            Aim aim,
            BiFunction<Trainable, TuneSettings, Objective<R>> objectives) {
        this(network, baseModel, settings, aim, objectives, Ranks.none());
    }

    private Trainer(
            Network network,
            String baseModel,
            TuneSettings settings,
            Aim aim,
            BiFunction<Trainable, TuneSettings, Objective<R>> objectives,
            Ranks ranks) {
        this.network = network;
        this.baseModel = baseModel;
        this.settings = settings;
        this.aim = aim;
        this.objectives = objectives;
        this.ranks = ranks;
        PrivateStart.refuseUnlessCovered(settings, aim.learned());
    }

    /// The same training, divided among processes.
    ///
    /// @throws SartorException a user's error when rows cannot be divided, as each one's loss depends on the others of its step
    public Trainer<R> across(Ranks ranks) {
        PrivateStart.refuseRanks(settings, ranks);
        if (!ranks.areNone()
                && !inScope(() -> objectives.apply(new Untrained(), settings)).divides()) {
            throw SartorException.user(
                    "--ranks must be 1 where texts are compared with the others of their step (contrastive), got "
                            + ranks.count()
                            + ": leave it out.");
        }
        return new Trainer<>(network, baseModel, settings, aim, objectives, ranks);
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
                Aim.of(Learned.CAUSAL_LM),
                (trained, set) -> new CausalLmObjective(decoder, trained, set.kept(), true));
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
                new Aim(Learned.DPO, String.valueOf(beta)),
                (trained, set) -> new DpoObjective(decoder, trained, set.kept(), beta));
    }

    /// A text to be said after another was read.
    public static Trainer<PairRow> pairs(
            EncoderDecoder network, String baseModel, TuneSettings settings) {
        return new Trainer<>(
                network,
                baseModel,
                settings,
                Aim.of(Learned.SEQ2SEQ),
                (trained, _) -> new Seq2SeqObjective(network, trained));
    }

    /// Texts' classes.
    public static Trainer<LabelledRow> classes(
            Encoder encoder, String baseModel, TuneSettings settings) {
        return new Trainer<>(
                encoder,
                baseModel,
                settings,
                Aim.of(Learned.CLASSIFICATION),
                (trained, _) -> new ClassObjective(encoder, trained));
    }

    /// Whether a pair's second text answers its first: 1 for yes, 0 for no.
    ///
    /// @param encoder with one output
    public static Trainer<LabelledRow> relevance(
            Encoder encoder, String baseModel, TuneSettings settings) {
        return new Trainer<>(
                encoder,
                baseModel,
                settings,
                Aim.of(Learned.CROSS_ENCODER),
                (trained, _) -> ClassObjective.ofOneOutput(encoder, trained));
    }

    /// Hidden words.
    public static Trainer<MaskedRow> words(
            Encoder encoder, String baseModel, TuneSettings settings, MaskedLmMasking masking) {
        return new Trainer<>(
                encoder,
                baseModel,
                settings,
                new Aim(Learned.MASKED_LM, TrainingRecipe.masking(masking)),
                (trained, _) -> new MaskedLmObjective(encoder, trained, Optional.of(masking)));
    }

    /// Texts that mean the same.
    public static Trainer<SimilarRow> meanings(
            SentenceEncoder encoder, String baseModel, TuneSettings settings) {
        return new Trainer<>(
                encoder.network(),
                baseModel,
                settings,
                Aim.of(Learned.CONTRASTIVE),
                (trained, _) -> new ContrastiveObjective(encoder, trained));
    }

    /// What a training needs from around it.
    ///
    /// @param folder receives what is trained and, while it is, the checkpoints; one training at a time
    /// @param check empty to keep the last parameters unmeasured
    /// @param ability empty to let the model forget unwatched
    /// @param watchers are closed when the training ends, however it does
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

    /// Trains to the end and writes the result. Where it is there already, of the same recipe, nothing is done again.
    ///
    /// @throws dev.sartor.core.SartorException of the kind STOPPED when the user stops it; the checkpoint is written then
    public TrainingReport train(TrainingSet<R> set, Surroundings around) {
        return working(
                set,
                around,
                work -> work.finished(work.run().toTheEnd(), baseModel, around),
                report -> report);
    }

    /// Trains to a share of the steps and waits there at a checkpoint, measured; asked for a larger share, or for all, it
    /// goes on from there, and ends in the same bytes as {@link #train}. The learning rate is that of the whole training.
    ///
    /// @param share over 0 and at most 1
    /// @param around measures the model, as where a training waits is judged by it
    /// @throws dev.sartor.core.SartorException as {@link #train} does, but not where the training came to nothing
    public TrialState trainTo(double share, TrainingSet<R> set, Surroundings around) {
        return working(
                set,
                around,
                work -> {
                    try {
                        var paused = work.run().pauseAt(share);
                        return paused.isPresent()
                                ? paused.get()
                                : new TrialState.Finished(
                                        work.finished(work.run().finished(), baseModel, around));
                    } catch (SartorException e) {
                        return work.run().failure().orElseThrow(() -> e);
                    }
                },
                TrialState.Finished::new);
    }

    /// @param found what to make of a training that was finished before
    private <T> T working(
            TrainingSet<R> set,
            Surroundings around,
            Function<TrainingWork<R>, T> work,
            Function<TrainingReport, T> found) {
        try (var _ = RunLock.of(around.folder())) {
            Checkpoints.sweep(around.folder());
            var recipe = recipe(set, around);
            var finished = FinishedTraining.find(around.folder(), recipe, around.progress());
            if (finished.isPresent()) {
                Checkpoints.remove(around.folder());
                return found.apply(finished.get());
            }
            var chosen = chosen(set, recipe, around);
            var privacy = PrivateStart.of(chosen, set, around.folder());
            try (var peers = gathered(set, chosen, around);
                    var learner = learner(chosen, peers, privacy)) {
                var run = new TrainingRun<>(set, chosen, learner, recipe, around);
                return work.apply(new TrainingWork<>(run, learner, recipe));
            }
        } finally {
            around.watchers().forEach(TrainingWatcher::close);
        }
    }

    /// What is measured on the way.
    public record Checks(Optional<TrainingCheck> task, Optional<AbilityCheck> ability) {
        /// Tokens whose keys and values the larger of them holds.
        long tokens(int longest) {
            return Math.max(
                    task.map(each -> each.tokens(longest)).orElse(0L),
                    ability.map(each -> each.tokens(longest)).orElse(0L));
        }
    }

    /// What {@link #train} would need in memory, with the largest batch that fits.
    public MemoryPlan memory(TrainingSet<R> set, Checks checks) {
        var planner = planner(set, checks);
        return planner.withLargestBatch(planner.fitting());
    }

    private MemoryPlanner<R> planner(TrainingSet<R> set, Checks checks) {
        var what = trained();
        return inScope(() -> what.planner(set, checks, ranks));
    }

    /// The settings with passes that fit into memory.
    private TuneSettings chosen(TrainingSet<R> set, String recipe, Surroundings around) {
        return settings.with(
                MemoryChoice.made(
                        around.folder(),
                        recipe,
                        planner(set, new Checks(around.check(), around.ability())),
                        Checkpoints.areThere(around.folder()),
                        around.progress()));
    }

    private Peers gathered(TrainingSet<R> set, TuneSettings chosen, Surroundings around) {
        return ranks.gather(agreed(set), chosen.passes(), around.progress(), around.cancellation());
    }

    /// Another rank's part of what rank 0 {@link #train trains}, until that one is done. Nothing is measured, and nothing written.
    ///
    /// @throws SartorException a user's error where rank 0 trains something else; resources are missing where it does not come, or goes
    public void follow(TrainingSet<R> set, Progress progress) {
        ranks.follow(
                agreed(set),
                (passes, peers) -> learner(settings.with(passes), peers, Optional.empty()),
                learner -> new Batches<>(set.rows(), learner.objective(), settings),
                settings.epochs(),
                progress);
    }

    private Learner<R> learner(TuneSettings chosen, Peers peers, Optional<PrivateSteps> privacy) {
        return inScope(() -> {
            var random = new SplittableRandom(chosen.seed());
            var trained =
                    switch (chosen.method()) {
                        case TuneMethod.Lora lora -> TrainedAdapter.fresh(network, lora, random);
                        case TuneMethod.Full full -> new TrainedNetwork(network, full);
                    };
            return new Learner<>(
                    trained, objectives.apply(trained, chosen), chosen, peers, privacy);
        });
    }

    private String recipe(TrainingSet<R> set, Surroundings around) {
        return trained().recipe(set, around.watch(), around.folder());
    }

    private Map<String, String> agreed(TrainingSet<R> set) {
        return ranks.areNone() ? Map.of() : trained().agreed(set);
    }

    private WhatIsTrained<R> trained() {
        return new WhatIsTrained<>(
                network,
                baseModel,
                settings,
                aim,
                inScope(() -> objectives.apply(new Untrained(), settings)));
    }

    private static <T> T inScope(Callable<T> work) {
        return Engine.call(() -> {
            try (var _ = TensorScope.open()) {
                return work.call();
            }
        });
    }
}
