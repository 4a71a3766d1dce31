package dev.sartor.compare;

import dev.sartor.compare.approach.Askers;
import dev.sartor.compare.approach.Checks;
import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.EgressNotes;
import dev.sartor.compare.approach.LearnedLabels;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.TaskExamples;
import dev.sartor.compare.approach.VariantNotes;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Machine;
import dev.sartor.compare.run.ReadableDocuments;
import dev.sartor.compare.verdict.ComparisonJson;
import dev.sartor.compare.verdict.ComparisonResult;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.core.Principal;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import dev.sartor.project.Project;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.Metrics;
import dev.sartor.project.setting.Remote.Egress;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.remote.RemoteResponder;
import dev.sartor.retrieve.index.PersistentIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        var judge = judge(data);
        var machine = Machine.here(circumstances.engines().gflops());
        var runs = Runs.of(folder);
        var results = new ArrayList<TaskResult>();
        Forecast.Estimate estimate;
        try (var workbench = new Workbench(project, folder, circumstances)) {
            var maker = new RunMaker(runs, workbench, circumstances, machine);
            var makers =
                    new Round.Makers(
                            maker,
                            new RunMaker(runs.seeds(), workbench, circumstances, machine),
                            new CascadeMaker(runs, folder, circumstances, machine),
                            new Checks(project, workbench, circumstances),
                            Optional.empty());
            estimate = new Forecast(runs.list(), maker, workbench, machine).of(planned(data));
            estimate.sentence().ifPresent(circumstances.progress()::say);
            time.expect(estimate.seconds());
            data.forEach((settings, read) ->
                    results.add(
                            compare(
                                    settings,
                                    read,
                                    workbench,
                                    makers.with(
                                            judge.filter(_ -> Metrics.isJudged(read.task()))))));
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

    /// Measured before anything else: a judge that is refused is known at once, not after an hour of training.
    private Optional<ProjectJudge> judge(Map<TaskSettings, TaskExamples> data) {
        var judged =
                data.keySet().stream().filter(each -> Metrics.isJudged(each.task())).findFirst();
        return judged.map(task -> {
            var judge = ProjectJudge.open(project, folder, circumstances);
            circumstances.progress().say(judge.admitted(task.name()).said());
            return judge;
        });
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
        project.remotes().stream()
                .filter(remote -> remote.egress() != Egress.NONE)
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
                ReadableDocuments.problem(index, askers(data.values()))
                        .ifPresent(what -> problems.add(standing.get().toString(), what));
            }
        }
    }

    private static Set<Principal> askers(Collection<TaskExamples> data) {
        return data.stream()
                .flatMap(each -> each.askers().keySet().stream())
                .collect(Collectors.toSet());
    }

    private TaskExamples checked(TaskSettings settings, Problems problems) {
        var read = TaskExamples.read(settings, problems);
        LearnedLabels.check(project, settings, read, problems);
        return read;
    }

    private TaskResult compare(
            TaskSettings settings, TaskExamples data, Workbench workbench, Round.Makers makers) {
        var askers = Askers.of(project, settings, data.askers());
        var said =
                Stream.of(
                                new VariantNotes(project, settings).all(),
                                data.said(),
                                askers.said(),
                                EgressNotes.withheld(project, data))
                        .flatMap(List::stream)
                        .toList();
        var warnings = Stream.concat(data.warnings().stream(), askers.warnings().stream()).toList();
        said.forEach(circumstances.progress()::say);
        warnings.forEach(each -> circumstances.progress().say("warning: " + each));
        var training = makers.runs().settled(project, settings, data);
        var planned =
                Planned.of(project, settings, data).stream()
                        .map(each -> training.map(each::tunedBy).orElse(each))
                        .toList();
        var race = Race.of(project, settings, data, planned);
        var round = new Round(project, race, makers, circumstances, time);
        round.said().addAll(said);
        round.said().addAll(warnings);
        makers.judge().ifPresent(by -> round.said().add(by.measured().said()));
        round.run(settings.name(), planned);
        if (round.measured().isEmpty()) {
            throw nothingMeasured(settings, round);
        }
        return TaskResult.of(
                        data.task(),
                        new TaskResult.Candidates(
                                round.measured(), round.dropped(), round.failed()),
                        Baselines.of(project, settings, data, workbench, makers.judge()),
                        project.costs(),
                        round.said())
                .with(askers.hidden());
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
}
