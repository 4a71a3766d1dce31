package dev.sartor.compare;

import dev.sartor.compare.approach.Checks;
import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.LearnedLabels;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.TaskExamples;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.run.Machine;
import dev.sartor.compare.verdict.ComparisonJson;
import dev.sartor.compare.verdict.ComparisonResult;
import dev.sartor.compare.verdict.FailedCandidate;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import dev.sartor.project.Project;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.remote.RemoteFailure;
import dev.sartor.remote.RemoteResponder;
import dev.sartor.retrieve.index.PersistentIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Measures every candidate of a project on the same test examples and says which to ship. Started again, it goes on from
/// what is finished.
public final class Comparison {
    private final Project project;
    private final Path folder;
    private final Circumstances circumstances;
    private final TotalTime time;

    /// @param folder the project's
    public Comparison(Project project, Path folder, Circumstances circumstances) {
        this.project = project;
        this.folder = folder;
        this.time = new TotalTime(circumstances.progress(), System::nanoTime);
        this.circumstances = circumstances.with(time);
    }

    /// All tasks.
    public ComparisonResult run() {
        return run(project.taskNames());
    }

    /// @param tasks the names of those to compare
    public ComparisonResult run(List<String> tasks) {
        long start = System.nanoTime();
        var data = data(tasks);
        var machine = Machine.here(circumstances.engines().gflops());
        var runs = Runs.of(folder);
        var results = new ArrayList<TaskResult>();
        Forecast.Estimate estimate;
        try (var workbench = new Workbench(project, folder, circumstances)) {
            var maker = new RunMaker(runs, workbench, circumstances, machine);
            var checks = new Checks(project, workbench, circumstances);
            estimate = new Forecast(runs.list(), maker, workbench, machine).of(planned(data));
            estimate.sentence().ifPresent(circumstances.progress()::say);
            time.expect(estimate.seconds());
            data.forEach((settings, read) ->
                    results.add(compare(settings, read, workbench, maker, checks)));
        }
        var result =
                new ComparisonResult(
                        project,
                        results,
                        machine,
                        (System.nanoTime() - start) / 1e9,
                        estimate.seconds().isEmpty()
                                ? Optional.empty()
                                : Optional.of(estimate.total()));
        runs.writeComparison(ComparisonJson.of(result));
        return result;
    }

    private List<Planned> planned(Map<TaskSettings, TaskExamples> data) {
        var all = new ArrayList<Planned>();
        data.forEach((settings, read) -> all.addAll(Planned.of(project, settings, read)));
        return all;
    }

    /// Reads all tasks' data, so that every bad row of every file is named before anything starts.
    private Map<TaskSettings, TaskExamples> data(List<String> tasks) {
        var problems = new Problems();
        var data = new LinkedHashMap<TaskSettings, TaskExamples>();
        for (var name : tasks) {
            project.task(name)
                    .ifPresentOrElse(
                            settings -> data.put(settings, checked(settings, problems)),
                            () ->
                                    problems.add(
                                            Project.FILE,
                                            "there is no task '"
                                                    + name
                                                    + "'."
                                                    + Nearest.advice(name, project.taskNames())));
        }
        shown(data, problems);
        problems.throwIfAny();
        // A key that is not set is said now, not after an hour of training.
        project.remotes()
                .forEach(remote ->
                        RemoteResponder.open(remote, circumstances.environment()).close());
        return data;
    }

    /// A candidate that searches must be shown something.
    private void shown(Map<TaskSettings, TaskExamples> data, Problems problems) {
        boolean searches =
                data.keySet().stream()
                        .flatMap(task -> project.tried(task).stream())
                        .anyMatch(ApproachName::usesDocuments);
        var standing = project.documents().filter(PersistentIndex::isAt);
        if (searches && standing.isPresent()) {
            try (var index = PersistentIndex.unasked(standing.get())) {
                ReadableDocuments.problem(index)
                        .ifPresent(what -> problems.add(standing.get().toString(), what));
            }
        }
    }

    private TaskExamples checked(TaskSettings settings, Problems problems) {
        var read = TaskExamples.read(settings, problems);
        LearnedLabels.check(project, settings, read, problems);
        return read;
    }

    /// What has come of a task's candidates so far.
    private record Round(List<Measured> measured, List<FailedCandidate> failed, List<String> said) {
        static Round of(TaskExamples data) {
            var said = new ArrayList<>(data.said());
            said.addAll(data.warnings());
            return new Round(new ArrayList<>(), new ArrayList<>(), said);
        }
    }

    private TaskResult compare(
            TaskSettings settings,
            TaskExamples data,
            Workbench workbench,
            RunMaker maker,
            Checks checks) {
        data.said().forEach(circumstances.progress()::say);
        data.warnings().forEach(each -> circumstances.progress().say("warning: " + each));
        var training = maker.settled(project, settings, data);
        var planned =
                Planned.of(project, settings, data).stream()
                        .map(each -> training.map(each::tunedBy).orElse(each))
                        .toList();
        var round = Round.of(data);
        try (var step =
                circumstances
                        .progress()
                        .begin("comparing " + settings.name(), planned.size(), "candidates")) {
            for (var each : planned) {
                if (circumstances.cancellation().isAsked()) {
                    throw SartorException.stopped(
                            "stopped; what is finished is kept. Go on with the same command.");
                }
                add(each, round, maker, checks);
                step.advance(1);
            }
        }
        if (round.measured().isEmpty()) {
            throw nothingMeasured(settings, round);
        }
        return TaskResult.of(
                data.task(),
                round.measured(),
                Baselines.of(project, settings, data, workbench),
                project.costs(),
                round.failed(),
                round.said());
    }

    /// Measures a candidate, leaves it out where it cannot be, or sets it down as failed where its remote model does not answer.
    private void add(Planned planned, Round round, RunMaker maker, Checks checks) {
        var progress = circumstances.progress();
        var task = planned.settings().name();
        var name = Forecast.name(planned);
        var leftOut = maker.leftOut(planned);
        if (leftOut.isPresent()) {
            round.said().add(leftOut.get());
            progress.say(task + ": " + leftOut.get());
            time.leaveOut(name);
            return;
        }
        time.begin(name);
        try {
            var candidate = measured(planned, maker, checks);
            round.measured().add(candidate);
            progress.say(line(planned.settings(), candidate));
        } catch (SartorException e) {
            if (!RemoteFailure.is(e)) {
                throw e;
            }
            round.failed().add(FailedCandidate.of(planned, e));
            progress.say(
                    String.format(
                            Locale.ROOT,
                            "%s: %s failed and is left out: %s",
                            task,
                            planned.candidate(),
                            e.getMessage()));
        }
        time.end(name);
    }

    private Measured measured(Planned planned, RunMaker maker, Checks checks) {
        var made = maker.make(planned);
        maker.adopt(made.run());
        return Measured.of(
                        made.run(),
                        made.answers(),
                        planned.data().task(),
                        project.costs(),
                        planned.remote())
                .with(maker.checked(planned, made, checks));
    }

    private static SartorException nothingMeasured(TaskSettings settings, Round round) {
        var why = new ArrayList<>(round.said());
        round.failed().forEach(each -> why.add(each.why()));
        return SartorException.user(
                "task '"
                        + settings.name()
                        + "' has nothing that can be measured: "
                        + String.join(" ", why)
                        + " Name another approach beside it.");
    }

    private static String line(TaskSettings settings, Measured candidate) {
        var score = candidate.score();
        return String.format(
                Locale.ROOT,
                "%s: %s %s %s [%s, %s]",
                settings.name(),
                candidate.name(),
                score.metric(),
                Figures.score(score.value()),
                Figures.score(score.low()),
                Figures.score(score.high()));
    }
}
