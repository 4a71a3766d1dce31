package dev.sartor.tune.trainer;

import dev.sartor.tune.Ability;
import dev.sartor.tune.AnswerSample;
import dev.sartor.tune.TrainingReport;
import dev.sartor.tune.TrainingWatcher;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A training for TensorBoard: `tensorboard --logdir` of the run's folder shows it. Each start writes a file of its own.
public final class TrainingEvents implements TrainingWatcher {
    private final Path folder;
    private final Clock clock;
    private Optional<EventFile> file = Optional.empty();

    public TrainingEvents(Path runFolder, Clock clock) {
        this.folder = runFolder.resolve("tensorboard");
        this.clock = clock;
    }

    @Override
    public void begins(int step, int steps) {
        close();
        var begun = new EventFile(folder, clock);
        begun.startsAt(step + 1L);
        file = Optional.of(begun);
    }

    @Override
    public void before(Ability ability) {
        file.ifPresent(events -> add(events, 0, ability));
    }

    @Override
    public void step(TrainingReport.StepReport step, Pace pace) {
        file.ifPresent(events -> {
            events.scalar("train/loss", step.step(), step.loss());
            events.scalar("train/learning_rate", step.step(), step.rate());
            events.scalar("train/gradient_norm", step.step(), step.gradientNorm());
            events.scalar("speed/tokens_per_second", step.step(), pace.tokensPerSecond());
            events.scalar("speed/resident_mib", step.step(), (double) pace.residentMib());
        });
    }

    @Override
    public void check(TrainingReport.CheckReport check) {
        file.ifPresent(events -> {
            check.validation()
                    .ifPresent(score ->
                            events.scalar(
                                    "validation/" + score.metric(), check.step(), score.value()));
            check.ability().ifPresent(ability -> add(events, check.step(), ability));
        });
    }

    private static void add(EventFile events, int step, Ability ability) {
        events.scalar("general/accuracy", step, ability.accuracy());
        events.scalar("general/right_choice", step, ability.rightChoice());
        events.scalar("general/perplexity", step, ability.perplexity());
    }

    @Override
    public void answers(int step, List<AnswerSample> samples) {
        file.ifPresent(events -> {
            for (int i = 0; i < samples.size(); i++) {
                var sample = samples.get(i);
                events.text(
                        "answers/" + (i + 1),
                        step,
                        String.format(
                                Locale.ROOT,
                                "%s%n%n**%s**%n%n(right: %s)",
                                sample.question(),
                                sample.answer(),
                                sample.reference()));
            }
        });
    }

    @Override
    public void close() {
        file.ifPresent(EventFile::close);
        file = Optional.empty();
    }
}
