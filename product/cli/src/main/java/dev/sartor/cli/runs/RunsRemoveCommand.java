package dev.sartor.cli.runs;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.OpenProject;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.compare.run.Run;
import dev.sartor.core.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "remove",
        description = "Remove runs, and adapters that no other run uses.",
        footer = {"", "Example: sartor runs remove route/few-shot"})
final class RunsRemoveCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "As for `sartor runs show`.")
    List<String> names = List.of();

    @Mixin ProjectOption project = new ProjectOption();

    @Option(names = "--json", description = "Print the removed runs' ids as JSON.")
    boolean json;

    RunsRemoveCommand(Composition composition) {
        this.composition = composition;
    }

    /// All names are looked up before anything is removed.
    @Override
    public Integer call() {
        var runs = project.runs();
        var found = names.stream().map(runs::find).distinct().toList();
        try (var _ = OpenProject.lock(project.absolute(), "runs remove")) {
            found.forEach(runs::remove);
        }
        var ids = found.stream().map(Run::id).toList();
        var console = composition.console();
        if (json) {
            console.print(Json.pretty(ids));
        } else {
            ids.forEach(id -> console.print("removed " + id));
        }
        return 0;
    }
}
