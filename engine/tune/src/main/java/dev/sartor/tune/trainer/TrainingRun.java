package dev.sartor.tune.trainer;

import dev.sartor.core.SartorException;
import dev.sartor.core.Score;
import dev.sartor.core.work.Progress;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.machine.NativeMemory;
import dev.sartor.tune.TrainingCheck;
import dev.sartor.tune.TrainingReport;
import dev.sartor.tune.TrainingSet;
import dev.sartor.tune.TrainingWatcher;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.checkpoint.Checkpoints;
import dev.sartor.tune.checkpoint.Machine;
import dev.sartor.tune.checkpoint.TrainingHistory;
import dev.sartor.tune.checkpoint.TrainingState;
import dev.sartor.tune.objective.Learner;
import dev.sartor.tune.objective.StepRows;
import dev.sartor.tune.privacy.PrivateSteps;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// One training on its way.
final class TrainingRun<R> {
    /// Steps after which freed memory is given back to the system.
    private static final int STEPS_TO_TIDY = 16;

    private final TrainingSet<R> set;
    private final Learner<R> learner;
    private final TuneSettings settings;
    private final String recipe;
    private final Trainer.Surroundings around;
    private final Checkpoints checkpoints;
    private final StepRows<R> batches;
    private final TrainingHistory history;
    private final int total;
    private Optional<String> ended = Optional.empty();
    private Optional<String> failed = Optional.empty();
    private double secondsBefore;
    private final long start = System.nanoTime();
    private double steppingSeconds;
    private long steppingTokens;

    TrainingRun(
            TrainingSet<R> set,
            TuneSettings settings,
            Learner<R> learner,
            String recipe,
            Trainer.Surroundings around) {
        this.set = set;
        this.settings = settings;
        this.learner = learner;
        this.recipe = recipe;
        this.around = around;
        this.checkpoints = new Checkpoints(around.folder(), learner.trained(), learner.optimiser());
        this.batches = learner.steps(set.rows(), settings);
        this.history = new TrainingHistory(around.watch());
        this.total = batches.inEpoch() * settings.epochs();
    }

    /// The parameters are the best ones afterwards.
    TrainingReport toTheEnd() {
        go(total);
        return finished();
    }

    /// Goes on to a share of the steps and waits there, measured and saved. What is measured there decides nothing about
    /// the training itself: it ends in the same bytes as one that never waited.
    ///
    /// @return empty where the training came to its end; {@link #finished} is to follow then
    Optional<TrialState> pauseAt(double share) {
        go(Halving.step(share, total));
        if (history.step() == total || ended.isPresent()) {
            return Optional.empty();
        }
        var now = isCheck(history.step()) ? history.checks().getLast() : measured();
        save();
        var best =
                Stream.concat(history.checks().stream(), Stream.of(now))
                        .filter(check -> !history.forgot(check))
                        .flatMap(check -> check.validation().stream())
                        .mapToDouble(Score::value)
                        .max();
        return Optional.of(
                best.isPresent()
                        ? new TrialState.Paused(
                                best.getAsDouble(), seconds(), history.step(), total)
                        : new TrialState.Failed("forgot too much", seconds()));
    }

    /// Why the training cannot come to anything, after it threw; empty where it threw for another reason.
    Optional<TrialState> failure() {
        return failed.map(why -> new TrialState.Failed(why, seconds()));
    }

    private void go(int to) {
        begin();
        try (var bar = around.progress().begin("tuning", to, "steps")) {
            bar.advance(history.step());
            ended = history.end();
            while (history.step() < to && ended.isEmpty()) {
                stopIfAsked();
                step(bar);
                if (isCheck(history.step())) {
                    check();
                } else if (history.step() % around.watch().saveSteps() == 0) {
                    save();
                }
            }
        }
    }

    /// After the last step.
    TrainingReport finished() {
        if (history.bestStep() == 0) {
            failed = Optional.of("forgot too much");
            throw SartorException.user(
                    "every measured state of the training had lost more of the general ability than"
                            + " tune.max_forgetting allows ("
                            + around.watch().maxForgetting()
                            + "): lower tune.learning_rate or tune.epochs, or allow more. The last state is in "
                            + checkpoints.folder());
        }
        NativeMemory.giveBack();
        Engine.run(() -> checkpoints.takeBest(history.bestStep()));
        return report();
    }

    private void begin() {
        var resumed = Engine.call(() -> checkpoints.resume(recipe, around.progress()));
        if (resumed.isPresent()) {
            var state = resumed.get();
            history.backTo(state);
            secondsBefore = state.seconds();
            around.progress().say("going on from step " + state.step() + " of " + total);
            if (!state.machine().equals(Machine.here(learner.ranks()))) {
                around.progress()
                        .say(
                                "The checkpoint was written by another machine ("
                                        + state.machine()
                                        + "; here: "
                                        + Machine.here(learner.ranks())
                                        + "): the result may differ in its last bits from a training that never stopped.");
            }
        } else {
            if (Engine.call(checkpoints::areAllUnusable)) {
                around.progress().say("The training starts again from its first step.");
            }
            around.ability()
                    .ifPresent(check ->
                            history.measuredBefore(check.measure(learner.trained().adapter())));
            NativeMemory.giveBack();
            Engine.run(learner::spread);
        }
        around.watchers().forEach(watcher -> watcher.begins(history.step(), total));
        if (resumed.isEmpty()) {
            history.before()
                    .ifPresent(
                            before -> around.watchers().forEach(watcher -> watcher.before(before)));
        }
    }

    private boolean isCheck(int step) {
        int every = around.watch().evalSteps();
        return step % batches.inEpoch() == 0 || (every > 0 && step % every == 0);
    }

    private void step(Progress.Step bar) {
        long begin = System.nanoTime();
        int at = history.step();
        var rows = batches.at(at);
        double rate = settings.schedule().rateAt(at, total);
        if (history.isSkipped(at)) {
            history.add(new TrainingReport.StepReport(at + 1, Double.NaN, rate, Double.NaN));
            bar.advance(1);
            return;
        }
        var done =
                Engine.call(
                        () -> learner.step(at, rows, rate, step -> !history.isSpike(step.loss())));
        if (learner.privacy().isEmpty() && (!done.isFinite() || history.isSpike(done.loss()))) {
            back(at, done, bar);
            return;
        }
        if ((at + 1) % STEPS_TO_TIDY == 0) {
            NativeMemory.giveBack();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long tokens = rows.stream().mapToLong(learner.objective()::tokens).sum();
        if (at > 0) {
            steppingSeconds += seconds;
            steppingTokens += tokens;
        }
        tell(
                new TrainingReport.StepReport(
                        at + 1, done.loss(), rate, done.gradientNorm(), done.clipped()),
                new TrainingWatcher.Pace(tokens / seconds, NativeMemory.residentMib().orElse(0)),
                bar);
    }

    private void tell(
            TrainingReport.StepReport step, TrainingWatcher.Pace pace, Progress.Step bar) {
        history.add(step);
        around.watchers().forEach(watcher -> watcher.step(step, pace));
        bar.advance(1);
        bar.note(
                String.format(
                        Locale.ROOT,
                        "loss %.3f, norm %.2f, rate %.1e, %.0f tokens/s, %d MiB",
                        step.loss(),
                        step.gradientNorm(),
                        step.rate(),
                        pace.tokensPerSecond(),
                        pace.residentMib()));
    }

    /// Leaves the batch out and goes on from the last good checkpoint, if there is one.
    private void back(int at, Learner.Step bad, Progress.Step bar) {
        history.skip(at);
        var what =
                String.format(
                        Locale.ROOT,
                        "step %d had loss %.3f and gradient norm %.3g",
                        at + 1,
                        bad.loss(),
                        bad.gradientNorm());
        if (history.isHopeless(at)) {
            failed = Optional.of("diverged at step " + (at + 1));
            throw SartorException.user(
                    "the training diverged: "
                            + what
                            + ", the third bad batch in a row. Lower tune.learning_rate and start again.");
        }
        var state = Engine.call(() -> checkpoints.resume(recipe, around.progress()));
        state.ifPresent(history::backTo);
        bar.advance(history.step() - at);
        around.progress()
                .say(
                        what
                                + ": its batch is left out, and the training goes on from step "
                                + history.step()
                                + ".");
        around.watchers().forEach(watcher -> watcher.begins(history.step(), total));
    }

    private void check() {
        NativeMemory.giveBack();
        var check = measured();
        if (history.add(check)) {
            Engine.run(() -> checkpoints.writeBest(check.step()));
        }
        around.progress().say(told(check));
        around.watchers().forEach(watcher -> watcher.check(check));
        var samples = around.check().map(TrainingCheck::samples).orElse(List.of());
        samples.forEach(each -> around.progress().say("  " + each.line()));
        around.watchers().forEach(watcher -> watcher.answers(check.step(), samples));
        save();
        ended = history.end();
        ended.ifPresent(why -> around.progress().say("The training ends: " + why + "."));
    }

    private TrainingReport.CheckReport measured() {
        var adapter = learner.trained().adapter();
        return new TrainingReport.CheckReport(
                history.step(),
                (double) history.step() / batches.inEpoch(),
                history.lossSinceCheck(),
                around.check().map(each -> each.score(adapter)),
                around.ability().map(each -> each.measure(adapter)));
    }

    private String told(TrainingReport.CheckReport check) {
        var text =
                new StringBuilder(
                        String.format(
                                Locale.ROOT, "epoch %.4g: loss %.3f", check.epoch(), check.loss()));
        check.validation()
                .ifPresent(score ->
                        text.append(
                                String.format(
                                        Locale.ROOT,
                                        ", validation %s %.3f",
                                        score.metric(),
                                        score.value())));
        history.lost(check)
                .ifPresent(lost ->
                        text.append(
                                String.format(
                                        Locale.ROOT,
                                        ", general ability %+.1f points (%+.1f to %+.1f)%s",
                                        -100 * lost.mean(),
                                        -100 * lost.high(),
                                        -100 * lost.low(),
                                        history.forgot(check) ? ": too much forgotten" : "")));
        return text.toString();
    }

    private void stopIfAsked() {
        if (around.cancellation().isAsked()) {
            save();
            throw SartorException.stopped(
                    "Stopped after step "
                            + history.step()
                            + " of "
                            + total
                            + "; the checkpoint is in "
                            + checkpoints.folder()
                            + ". The same command goes on from there.");
        }
    }

    private void save() {
        var state =
                new TrainingState(
                        recipe,
                        Machine.here(learner.ranks()),
                        history.step(),
                        history.bestStep(),
                        seconds(),
                        history.skipped(),
                        history.steps(),
                        history.checks(),
                        history.before());
        Engine.run(() -> checkpoints.write(state));
    }

    private double seconds() {
        return secondsBefore + (System.nanoTime() - start) / 1e9;
    }

    private TrainingReport report() {
        return new TrainingReport(
                history.steps(),
                history.checks(),
                history.before(),
                history.bestStep(),
                ended,
                tokens(set.rows()) * settings.epochs(),
                steppingSeconds > 0 ? steppingTokens / steppingSeconds : 0,
                seconds(),
                Engine.call(learner.trained()::count),
                set.dropped(),
                learner.privacy().map(PrivateSteps::ledger));
    }

    private long tokens(List<R> rows) {
        return rows.stream().mapToLong(learner.objective()::tokens).sum();
    }
}
