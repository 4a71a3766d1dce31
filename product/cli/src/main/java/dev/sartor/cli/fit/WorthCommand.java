package dev.sartor.cli.fit;

import dev.sartor.cli.console.OutputFile;
import dev.sartor.cli.option.AskerOptions;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.compare.report.Report;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.RunJson;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.compare.verdict.TaskWorth;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import dev.sartor.project.Project;
import dev.sartor.project.WhatIf;
import dev.sartor.project.WhatIf.Asked;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.worth.Worth;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "worth",
        description = {
            "Tell what the compared candidates are worth: profit a month, break-even, payback.",
            "By the answers that a comparison stored and the section 'value' of sartor.yaml; nothing is asked of a model again, and"
                    + " the file stays as it is."
        },
        footer = {
            "",
            "Examples:",
            "  sartor worth --project helpdesk --set per_right=0.40 --set per_wrong=1.50",
            "  sartor worth --project my-desk --task route --volume 50000",
            "  sartor worth --project my-desk --set growth_per_month=0.05 --report worth.html"
        })
public final class WorthCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin ProjectOption project = new ProjectOption();

    @Option(
            names = "--task",
            paramLabel = "NAME",
            description = "One of the project's tasks (default: all).")
    Optional<String> task = Optional.empty();

    @Option(
            names = "--volume",
            paramLabel = "N",
            description =
                    "What if so many answers a month were asked for: --set volume_per_month=N.")
    Optional<String> volume = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "What if a key of 'value' or 'costs' were this number, such as per_wrong=2.5. May be given more than once.")
    List<String> changes = List.of();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write the page for those who decide, to be read and printed.")
    Optional<Path> report = Optional.empty();

    @Mixin AskerOptions asker = new AskerOptions();

    @Option(names = "--json", description = "Print all figures as JSON.")
    boolean json;

    public WorthCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var read = WhatIf.of(project.read(), asked());
        var worths = new LinkedHashMap<String, Worth>();
        tasks(read).forEach(each -> worths.put(each.name(), worth(each, read)));
        report.map(Path::toAbsolutePath).ifPresent(file -> write(read, worths, file));
        composition.console().print(json ? json(worths) : WorthText.of(worths));
        return 0;
    }

    private List<Asked> asked() {
        var asked = new ArrayList<Asked>();
        changes.forEach(each -> asked.add(Asked.of("--set", each)));
        volume.ifPresent(each -> asked.add(new Asked("--volume", "volume_per_month", each)));
        return asked;
    }

    /// Those that say what answers are worth.
    private List<TaskSettings> tasks(Project read) {
        task.filter(name -> read.task(name).isEmpty())
                .ifPresent(name -> {
                    throw SartorException.user(
                            "there is no task '"
                                    + name
                                    + "'."
                                    + Nearest.advice(name, read.taskNames()));
                });
        var meant =
                read.tasks().stream()
                        .filter(each -> task.isEmpty() || task.get().equals(each.name()))
                        .filter(each -> read.value(each).isPresent())
                        .toList();
        if (meant.isEmpty()) {
            throw SartorException.user(
                    Project.FILE
                            + " does not say what answers are worth: add a section such as 'value: {per_right: 0.40,"
                            + " per_wrong: 1.50}', or try figures with --set per_right=0.40 --set per_wrong=1.50.");
        }
        return meant;
    }

    private Worth worth(TaskSettings settings, Project read) {
        var name = settings.name();
        var result = result(name, read);
        result.candidates()
                .forEach(each ->
                        asker.require(
                                each.run().maySeeAnswers(),
                                "the comparison of task '" + name + "'"));
        var shipped =
                project.runs()
                        .chosen(name)
                        .map(Run::candidate)
                        .filter(candidate -> isAmong(candidate, result))
                        .orElseGet(() -> result.verdict().candidate());
        return TaskWorth.of(result, read, shipped)
                .orElseThrow(() -> SartorException.defect("a task without a value"));
    }

    private static boolean isAmong(String candidate, TaskResult result) {
        return result.candidates().stream().anyMatch(each -> each.name().equals(candidate));
    }

    private TaskResult result(String name, Project read) {
        return project.runs()
                .standing(name, read)
                .orElseThrow(() ->
                        SartorException.user(
                                "task '"
                                        + name
                                        + "' has no comparison yet: run `sartor compare"
                                        + project.again()
                                        + "` first."));
    }

    private void write(Project read, Map<String, Worth> worths, Path file) {
        OutputFile.refuseUnlessWritable("--report", file);
        Report.writeWorth(read.name(), worths, file, Instant.now());
        composition.console().say("The page is " + file);
    }

    private static String json(Map<String, Worth> worths) {
        var tasks = new ArrayList<Map<String, Object>>();
        worths.forEach((name, worth) -> {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("task", name);
            fields.putAll(RunJson.settings(worth));
            tasks.add(fields);
        });
        return RunJson.pretty(tasks).strip();
    }
}
