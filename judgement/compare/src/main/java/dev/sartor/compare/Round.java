package dev.sartor.compare;

import dev.sartor.compare.RunMaker.Prepared;
import dev.sartor.compare.approach.Checks;
import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.run.Dropped;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.run.OmittedPassages;
import dev.sartor.compare.verdict.FailedCandidate;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.project.Project;
import dev.sartor.project.setting.Remote;
import dev.sartor.remote.RemoteFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// All candidates of one task: first each is made ready on training and validation examples, then those that are still in the race
/// meet the test examples.
final class Round {
    private final Project project;
    private final Race race;
    private final RunMaker maker;
    private final RunMaker seeds;
    private final CascadeMaker cascades;
    private final Checks checks;
    private final Optional<ProjectJudge> judge;
    private final Circumstances circumstances;
    private final TotalTime time;
    private final List<Measured> measured = new ArrayList<>();
    private final List<Dropped> dropped = new ArrayList<>();
    private final List<FailedCandidate> failed = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    Round(Project project, Race race, Makers makers, Circumstances circumstances, TotalTime time) {
        this.project = project;
        this.race = race;
        this.maker = makers.runs();
        this.seeds = makers.seeds();
        this.cascades = makers.cascades();
        this.checks = makers.checks();
        this.judge = makers.judge();
        this.circumstances = circumstances;
        this.time = time;
    }

    /// What makes runs, and what checks their answers.
    ///
    /// @param seeds makes those of further trainings
    /// @param judge that measures answers; empty where a formula does
    record Makers(
            RunMaker runs,
            RunMaker seeds,
            CascadeMaker cascades,
            Checks checks,
            Optional<ProjectJudge> judge) {
        Makers with(Optional<ProjectJudge> other) {
            return new Makers(runs, seeds, cascades, checks, other);
        }
    }

    List<Measured> measured() {
        return measured;
    }

    List<Dropped> dropped() {
        return dropped;
    }

    List<FailedCandidate> failed() {
        return failed;
    }

    /// What the user should know.
    List<String> said() {
        return said;
    }

    void run(String task, List<Planned> planned) {
        try (var step =
                circumstances.progress().begin("comparing " + task, planned.size(), "candidates")) {
            var entrants = new ArrayList<Prepared>();
            for (var each : planned) {
                if (!each.name().combines()) {
                    refuseToGoOnIfAsked();
                    prepare(each).ifPresentOrElse(entrants::add, () -> step.advance(1));
                }
            }
            for (var each : entrants) {
                refuseToGoOnIfAsked();
                finish(each);
                step.advance(1);
            }
            for (var each : planned) {
                if (each.name().combines()) {
                    combine(each);
                    step.advance(1);
                }
            }
        }
    }

    private void combine(Planned planned) {
        var made = cascades.make(planned, List.copyOf(measured));
        said.add(made.said());
        progress().say(planned.settings().name() + ": " + made.said());
        made.run().ifPresent(run -> measure(planned, run));
    }

    private void refuseToGoOnIfAsked() {
        if (circumstances.cancellation().isAsked()) {
            throw SartorException.stopped(
                    "stopped; what is finished is kept. Go on with the same command.");
        }
    }

    /// Empty where the candidate will not meet the test examples.
    private Optional<Prepared> prepare(Planned planned) {
        var leftOut = maker.leftOut(planned);
        if (leftOut.isPresent()) {
            said.add(leftOut.get());
            progress().say(planned.settings().name() + ": " + leftOut.get());
            time.leaveOut(Forecast.name(planned));
            return Optional.empty();
        }
        return unlessItFails(planned, () -> maker.prepare(planned, race))
                .filter(prepared -> {
                    if (prepared instanceof Prepared.Out out) {
                        drop(planned, out.dropped());
                        return false;
                    }
                    return true;
                });
    }

    private void finish(Prepared prepared) {
        switch (prepared) {
            case Prepared.Finished finished -> {
                time.leaveOut(Forecast.name(finished.planned()));
                measure(finished.planned(), finished.made());
            }
            case Prepared.Ready ready -> {
                var planned = ready.planned();
                var lost = race.last(planned, ready.key());
                if (lost.isPresent()) {
                    maker.drop(ready, lost.get());
                    drop(planned, lost.get());
                } else {
                    unlessItFails(planned, () -> maker.test(ready))
                            .ifPresent(made -> measure(planned, made));
                    time.end(Forecast.name(planned));
                }
            }
            case Prepared.Out _ -> throw SartorException.defect("a dropped candidate goes on");
        }
    }

    private void drop(Planned planned, Dropped lost) {
        dropped.add(lost);
        progress().say(planned.settings().name() + ": " + lost.why());
        time.leaveOut(Forecast.name(planned));
    }

    /// Sets a candidate down as failed where its remote model does not answer.
    private <T> Optional<T> unlessItFails(Planned planned, Supplier<T> work) {
        var name = Forecast.name(planned);
        time.begin(name);
        try {
            var done = work.get();
            time.pause(name);
            return Optional.of(done);
        } catch (SartorException e) {
            if (!RemoteFailure.is(e)) {
                throw e;
            }
            failed.add(FailedCandidate.of(planned, e));
            progress()
                    .say(
                            String.format(
                                    Locale.ROOT,
                                    "%s: %s failed and is left out: %s",
                                    planned.settings().name(),
                                    planned.candidate(),
                                    e.getMessage()));
            time.leaveOut(name);
            return Optional.empty();
        }
    }

    private void measure(Planned planned, RunMaker.Made made) {
        maker.adopt(made.run());
        var counted =
                Measured.of(
                                made.run(),
                                made.answers(),
                                planned.data().task(),
                                project.costs(),
                                planned.remote())
                        .trainedAgain(further(planned), planned.data().task())
                        .with(maker.checked(planned, made, checks));
        var candidate = judge.map(by -> maker.judged(made, by)).map(counted::with).orElse(counted);
        measured.add(candidate);
        OmittedPassages.told(
                        planned.candidate(), planned.remote().map(Remote::name), made.answers())
                .ifPresent(line -> {
                    said.add(line);
                    progress().say(planned.settings().name() + ": " + line);
                });
        candidate
                .toldTrainings(planned.data().task())
                .ifPresent(line -> {
                    said.add(line);
                    progress().say(planned.settings().name() + ": " + line);
                });
        var score = candidate.score();
        progress()
                .say(
                        String.format(
                                Locale.ROOT,
                                "%s: %s %s %s [%s, %s]",
                                planned.settings().name(),
                                candidate.name(),
                                score.metric(),
                                Figures.score(score.value()),
                                Figures.score(score.low()),
                                Figures.score(score.high())));
    }

    /// The candidate's further trainings, where it is trained and the project asks for several.
    private List<Measured.Training> further(Planned planned) {
        var further = new ArrayList<Measured.Training>();
        for (int nth = 1; planned.name().isTuned() && nth < project.seeds(); nth++) {
            refuseToGoOnIfAsked();
            var made = seeds.make(planned.again(nth));
            further.add(new Measured.Training(made.run(), made.answers()));
        }
        return further;
    }

    private Progress progress() {
        return circumstances.progress();
    }
}
