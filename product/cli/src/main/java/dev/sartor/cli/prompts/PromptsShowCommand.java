package dev.sartor.cli.prompts;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.compare.run.Run;
import dev.sartor.core.Json;
import dev.sartor.prompt.version.PromptVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Show one version: what it says to the model, and the runs that measured it.",
        footer = {"", "Example: sartor prompts show route promoted --project helpdesk"})
final class PromptsShowCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(index = "0", paramLabel = "TASK", description = "A task of the project.")
    String task = "";

    @Parameters(
            index = "1",
            paramLabel = "VERSION",
            description = "An id, the beginning of one, or promoted.")
    String name = "";

    @Mixin ProjectOption project = new ProjectOption();

    @Option(names = "--json", description = "Print it as JSON.")
    boolean json;

    PromptsShowCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var of = TaskVersions.of(project, task);
        var version = of.find(name);
        var runs =
                project.runs().list().stream()
                        .filter(run -> run.task().equals(task))
                        .filter(run -> run.promptVersion().filter(version.id()::equals).isPresent())
                        .map(Run::id)
                        .toList();
        if (json) {
            var shown = VersionText.json(version, of);
            shown.set("runs", Json.mapper().valueToTree(runs));
            composition.console().print(Json.pretty(shown));
        } else {
            composition.console().print(String.join("\n", lines(version, of, runs)));
        }
        return 0;
    }

    private static List<String> lines(PromptVersion version, TaskVersions of, List<String> runs) {
        var lines = new ArrayList<String>();
        lines.add(of.task() + "@" + version.id());
        lines.add("  digest    " + version.content().digest());
        lines.add("  created   " + VersionText.time(version));
        lines.add("  parent    " + version.parent().orElse("-"));
        lines.add("  note      " + version.note().orElse("-"));
        lines.add("  runs      " + (runs.isEmpty() ? "-" : String.join(", ", runs)));
        lines.add("");
        lines.addAll(VersionText.lines(version.content()));
        return lines;
    }
}
