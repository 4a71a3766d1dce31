package dev.sartor.compare;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.retrieve.StandingIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Measures every candidate of a project on the same test examples and says which to ship. Started again, it goes on from
/// what is finished.
public final class Comparison {
    private final Project project;
    private final Path folder;
    private final Circumstances circumstances;

    /// @param folder the project's
    public Comparison(Project project, Path folder, Circumstances circumstances) {
        this.project = project;
        this.folder = folder;
        this.circumstances = circumstances;
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
        try (var workbench = new Workbench(project, folder, circumstances)) {
            var maker = new RunMaker(runs, workbench, circumstances, machine);
            var checks = new Checks(project, workbench, circumstances);
            data.forEach((settings, read) -> results.add(compare(settings, read, maker, checks)));
        }
        var result =
                new ComparisonResult(project, results, machine, (System.nanoTime() - start) / 1e9);
        runs.writeComparison(ComparisonJson.of(result));
        return result;
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
                                                    + Known.advice(name, project.taskNames())));
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
        var standing = project.documents().filter(StandingIndex::isAt);
        if (searches && standing.isPresent()) {
            try (var index = StandingIndex.unasked(standing.get())) {
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

    private TaskResult compare(
            TaskSettings settings, TaskExamples data, RunMaker maker, Checks checks) {
        data.said().forEach(circumstances.progress()::say);
        var training = maker.settled(project, settings, data);
        var planned =
                Planned.of(project, settings, data).stream()
                        .map(each -> training.map(each::wearing).orElse(each))
                        .toList();
        var measured = new ArrayList<Measured>();
        var said = new ArrayList<>(data.said());
        try (var step =
                circumstances
                        .progress()
                        .begin("comparing " + settings.name(), planned.size(), "candidates")) {
            for (var each : planned) {
                if (circumstances.cancellation().isAsked()) {
                    throw SartorException.stopped(
                            "stopped; what is finished is kept. Go on with the same command.");
                }
                var leftOut = maker.leftOut(each);
                if (leftOut.isPresent()) {
                    said.add(leftOut.get());
                    circumstances.progress().say(settings.name() + ": " + leftOut.get());
                    step.advance(1);
                    continue;
                }
                var made = maker.make(each);
                maker.adopt(made.run());
                var candidate =
                        Measured.of(
                                        made.run(),
                                        made.answers(),
                                        data.task(),
                                        project.costs(),
                                        each.remote())
                                .with(maker.checked(each, made, checks));
                measured.add(candidate);
                circumstances.progress().say(line(settings, candidate));
                step.advance(1);
            }
        }
        if (measured.isEmpty()) {
            throw SartorException.user(
                    "task '"
                            + settings.name()
                            + "' has nothing that can be measured: "
                            + String.join(" ", said)
                            + " Name another approach beside it.");
        }
        return TaskResult.of(data.task(), measured, project.costs(), said);
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
