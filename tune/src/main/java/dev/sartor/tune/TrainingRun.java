package dev.sartor.tune;

import dev.sartor.core.Progress;
import dev.sartor.core.SartorException;
import dev.sartor.core.Score;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// One training on its way.
final class TrainingRun {
    private final TrainingSet set;
    private final TuneSettings settings;
    private final LoraTraining training;
    private final Tensor best;
    private final String recipe;
    private final Trainer.Surroundings around;
    private final Checkpoint checkpoint;
    private final Schedule schedule;
    private final int stepsPerEpoch;
    private final List<TrainingReport.StepReport> steps = new ArrayList<>();
    private final List<TrainingReport.EpochReport> epochs = new ArrayList<>();
    private int bestEpoch;
    private double secondsBefore;
    private final long start = System.nanoTime();
    private double steppingSeconds;
    private long steppingTokens;

    /// @param best receives the parameters of the best epoch
    TrainingRun(
            TrainingSet set,
            TuneSettings settings,
            LoraTraining training,
            Tensor best,
            String recipe,
            Trainer.Surroundings around) {
        this.set = set;
        this.settings = settings;
        this.training = training;
        this.best = best;
        this.recipe = recipe;
        this.around = around;
        this.checkpoint = new Checkpoint(around.folder());
        this.stepsPerEpoch = Math.ceilDiv(set.rows().size(), settings.batch());
        this.schedule = Schedule.of(settings, stepsPerEpoch * settings.epochs());
    }

    TrainingReport toTheEnd() {
        resume();
        try (var bar =
                around.progress()
                        .begin("tuning", (long) stepsPerEpoch * settings.epochs(), "steps")) {
            bar.advance(steps.size());
            while (epochs.size() < settings.epochs()) {
                epoch(epochs.size() + 1, bar);
            }
        }
        return report();
    }

    private void resume() {
        Engine.call(() -> checkpoint.resume(recipe, training, best))
                .ifPresent(state -> {
                    steps.addAll(state.steps());
                    epochs.addAll(state.epochs());
                    bestEpoch = state.bestEpoch();
                    secondsBefore = state.seconds();
                    around.progress()
                            .say("going on from step " + state.step() + " of " + schedule.steps());
                });
    }

    private void epoch(int epoch, Progress.Step bar) {
        var order = shuffled(epoch);
        for (int i = steps.size() - (epoch - 1) * stepsPerEpoch; i < stepsPerEpoch; i++) {
            stopIfAsked();
            int from = i * settings.batch();
            step(order.subList(from, Math.min(order.size(), from + settings.batch())));
            bar.advance(1);
            bar.note(String.format(Locale.ROOT, "loss %.3f", steps.getLast().loss()));
        }
        if (epochs.size() < epoch) {
            finish(epoch);
        }
    }

    private void step(List<TrainingRow> rows) {
        long begin = System.nanoTime();
        double rate = schedule.rateAt(steps.size());
        var batch = TrainingBatch.of(rows, training.shared(rows, set.prefix()));
        var done = Engine.call(() -> training.step(batch, rate));
        if (!steps.isEmpty()) {
            steppingSeconds += (System.nanoTime() - begin) / 1e9;
            steppingTokens += rows.stream().mapToLong(row -> row.ids().length).sum();
        }
        steps.add(
                new TrainingReport.StepReport(
                        steps.size() + 1, done.loss(), rate, done.gradientNorm()));
    }

    private void finish(int epoch) {
        var score = around.check().map(check -> check.score(training.working()));
        double loss =
                steps.subList((epoch - 1) * stepsPerEpoch, epoch * stepsPerEpoch).stream()
                        .mapToDouble(TrainingReport.StepReport::loss)
                        .average()
                        .orElse(0);
        if (isBest(score)) {
            bestEpoch = epoch;
            Engine.run(() -> best.copyFrom(training.adapter().flat()));
        }
        epochs.add(new TrainingReport.EpochReport(epoch, loss, score));
        around.progress().say(told(epochs.getLast()));
        write();
    }

    private boolean isBest(Optional<Score> score) {
        return score.isEmpty()
                || epochs.stream()
                        .allMatch(e ->
                                e.validation().map(Score::value).orElse(-1.0)
                                        < score.get().value());
    }

    private static String told(TrainingReport.EpochReport epoch) {
        var text = String.format(Locale.ROOT, "epoch %d: loss %.3f", epoch.epoch(), epoch.loss());
        return text
                + epoch.validation()
                        .map(s ->
                                String.format(
                                        Locale.ROOT, ", validation %s %.3f", s.metric(), s.value()))
                        .orElse("");
    }

    private void stopIfAsked() {
        if (around.cancellation().isAsked()) {
            write();
            throw SartorException.stopped(
                    "Stopped after step "
                            + steps.size()
                            + " of "
                            + schedule.steps()
                            + "; the checkpoint is "
                            + checkpoint.file()
                            + ". The same command goes on from there.");
        }
    }

    private void write() {
        var state = new Checkpoint.State(recipe, steps.size(), bestEpoch, seconds(), steps, epochs);
        Engine.run(() -> checkpoint.write(state, training, best));
    }

    private double seconds() {
        return secondsBefore + (System.nanoTime() - start) / 1e9;
    }

    private List<TrainingRow> shuffled(int epoch) {
        var order = new ArrayList<>(set.rows());
        var random = new SplittableRandom(settings.seed() * 1_000_003 + epoch);
        IntStream.iterate(order.size() - 1, i -> i > 0, i -> i - 1)
                .forEach(i -> java.util.Collections.swap(order, i, random.nextInt(i + 1)));
        return order;
    }

    private TrainingReport report() {
        return new TrainingReport(
                steps,
                epochs,
                bestEpoch,
                set.tokens() * settings.epochs(),
                steppingSeconds > 0 ? steppingTokens / steppingSeconds : 0,
                seconds(),
                training.adapter().layout().parameters(),
                set.dropped());
    }
}
