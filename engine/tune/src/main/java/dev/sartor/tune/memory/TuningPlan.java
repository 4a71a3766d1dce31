package dev.sartor.tune.memory;

import dev.sartor.core.SartorException;
import dev.sartor.core.measure.Probe;
import dev.sartor.generate.LanguageModel;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tune.PrivacyLedger;
import dev.sartor.tune.TrainingRow;
import dev.sartor.tune.TrainingSet;
import dev.sartor.tune.TuneMethod;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.TuneWatch;
import dev.sartor.tune.objective.Batches;
import dev.sartor.tune.objective.CausalLmObjective;
import dev.sartor.tune.objective.Learner;
import dev.sartor.tune.objective.TrainedAdapter;
import dev.sartor.tune.privacy.RdpAccountant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// What a training of a decoder's adapter will do, before it does any of it.
///
/// @param examples rows that are trained on
/// @param dropped rows that are left out, being too long; likewise split
/// @param longest tokens of the longest row
/// @param epoch what is computed in one epoch
/// @param steps of the whole training
/// @param checks measurements, the one before the training not counted
/// @param parameters that are trained
/// @param modelParameters of the whole model
/// @param gflop billions of operations of all steps, by formula
/// @param stepSeconds what the steps take on this machine, as estimated; likewise checkSeconds, the first one among them
public record TuningPlan(
        int examples,
        int dropped,
        int split,
        int longest,
        Epoch epoch,
        int steps,
        int checks,
        long parameters,
        long modelParameters,
        double gflop,
        double stepSeconds,
        double checkSeconds) {
    /// @param tokens of all rows
    /// @param computed of them: what the rows of a pass begin with is computed once
    /// @param learned tokens that are predicted for the loss
    public record Epoch(int steps, long tokens, long computed, long learned) {}

    /// What is measured at each check.
    ///
    /// @param validation examples that are answered
    public record Measured(int validation, Optional<Probe> probe) {}

    /// The share of the machine's speed of matrix products that steps of adapters reach, see docs/guide-tuning.md.
    static final double STEP_SHARE = 0.5;

    /// The same of texts that are only read, in batches of short ones.
    static final double READ_SHARE = 0.2;

    /// @param gflops the machine's measured speed of products in bf16
    /// @throws SartorException a user's error where the whole network is to be trained
    public static TuningPlan of(
            LanguageModel model,
            TrainingSet<TrainingRow> set,
            TuneSettings settings,
            TuneWatch watch,
            Measured measured,
            double gflops) {
        var method =
                switch (settings.method()) {
                    case TuneMethod.Lora lora -> lora;
                    case TuneMethod.Full _ ->
                            throw SartorException.user(
                                    "what a training of the whole model takes is not estimated: tune.method must be"
                                            + " lora to be explained");
                };
        return Engine.call(() -> {
            try (var _ = TensorScope.open();
                    var trained =
                            TrainedAdapter.fresh(
                                    model.decoder(),
                                    method,
                                    new SplittableRandom(settings.seed()))) {
                var objective =
                        new CausalLmObjective(model.decoder(), trained, settings.kept(), true);
                return of(
                        model,
                        set,
                        settings,
                        watch,
                        new Estimate(
                                StepWork.of(model.decoder(), trained.count()),
                                objective,
                                measured,
                                gflops));
            }
        });
    }

    private record Estimate(
            StepWork work, CausalLmObjective objective, Measured measured, double gflops) {}

    private static TuningPlan of(
            LanguageModel model,
            TrainingSet<TrainingRow> set,
            TuneSettings settings,
            TuneWatch watch,
            Estimate estimate) {
        var epoch = epoch(set.rows(), settings, estimate.objective());
        int steps = epoch.steps() * settings.epochs();
        int checks = 0;
        for (int step = 1; step <= steps; step++) {
            boolean due = watch.evalSteps() > 0 && step % watch.evalSteps() == 0;
            checks += due || step % epoch.steps() == 0 ? 1 : 0;
        }
        double length = (double) epoch.tokens() / set.rows().size();
        double gflop =
                settings.epochs()
                        * estimate.work()
                                .training(
                                        (double) epoch.computed(),
                                        (double) epoch.learned(),
                                        length);
        double check = checked(model, epoch, set.rows().size(), estimate);
        boolean probed = estimate.measured().probe().isPresent();
        return new TuningPlan(
                set.rows().size(),
                set.dropped(),
                set.split(),
                set.rows().stream().mapToInt(row -> row.ids().length).max().orElse(0),
                epoch,
                steps,
                checks,
                (long) estimate.work().adapter(),
                model.decoder().parameters(),
                gflop,
                gflop / (STEP_SHARE * estimate.gflops()),
                (checks * check + (probed ? probe(model, estimate) : 0))
                        / (READ_SHARE * estimate.gflops()));
    }

    private static Epoch epoch(
            List<TrainingRow> rows, TuneSettings settings, CausalLmObjective objective) {
        var batches = new Batches<>(rows, objective, settings);
        long computed = 0;
        for (int step = 0; step < batches.inEpoch(); step++) {
            for (var part :
                    Learner.parts(batches.at(step), objective, settings.microBatchTokens())) {
                computed += objective.sizes(part).getFirst().tokens();
            }
        }
        return new Epoch(
                batches.inEpoch(),
                rows.stream().mapToLong(row -> row.ids().length).sum(),
                computed,
                objective.targets(rows));
    }

    /// Billions of operations of one measurement.
    private static double checked(LanguageModel model, Epoch epoch, int rows, Estimate estimate) {
        double perRow = (double) epoch.computed() / rows;
        double learned = (double) epoch.learned() / rows;
        double validation =
                estimate.measured().validation()
                        * estimate.work().reading(perRow, learned, (double) epoch.tokens() / rows);
        return validation + probe(model, estimate);
    }

    private static double probe(LanguageModel model, Estimate estimate) {
        var probe = estimate.measured().probe();
        if (probe.isEmpty()) {
            return 0;
        }
        long tokens = tokens(model, probe.get().text());
        long predicted = tokens;
        for (var question : probe.get().questions()) {
            long choices =
                    question.choices().stream().mapToLong(choice -> tokens(model, choice)).sum();
            tokens += tokens(model, question.query()) + choices;
            predicted += 1 + choices;
        }
        return estimate.work().reading((double) tokens, (double) predicted, 0);
    }

    private static long tokens(LanguageModel model, String text) {
        return model.tokenizer().encode(text, false).length;
    }

    /// What the training promises of each row; empty for nothing.
    public Optional<PrivacyLedger> privacy(TuneSettings settings) {
        return RdpAccountant.ledger(settings, examples);
    }

    /// The same, its steps divided among so many ranks, each as fast as this process. What their sums take is not in it.
    public TuningPlan among(int ranks) {
        return new TuningPlan(
                examples,
                dropped,
                split,
                longest,
                epoch,
                steps,
                checks,
                parameters,
                modelParameters,
                gflop,
                stepSeconds / ranks,
                checkSeconds);
    }

    public double seconds() {
        return stepSeconds + checkSeconds;
    }

    /// Of the model's parameters, how many are trained, 0 to 1.
    public double share() {
        return (double) parameters / modelParameters;
    }
}
