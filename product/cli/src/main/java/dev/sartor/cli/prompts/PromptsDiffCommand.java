package dev.sartor.cli.prompts;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.prompt.version.PromptContent;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        description = "Show what differs between two versions, line by line.",
        footer = {"", "Example: sartor prompts diff route 3f2a9c 81b0d4 --project helpdesk"})
final class PromptsDiffCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(index = "0", paramLabel = "TASK", description = "A task of the project.")
    String task = "";

    @Parameters(
            index = "1",
            paramLabel = "OLD",
            description = "A version, as for `sartor prompts show`.")
    String old = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "NEW",
            description = "Another one (default: what counts now).")
    Optional<String> other = Optional.empty();

    @Mixin ProjectOption project = new ProjectOption();

    @Option(names = "--json", description = "Print it as JSON.")
    boolean json;

    PromptsDiffCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var of = TaskVersions.of(project, task);
        var from = of.find(old).content();
        var to = other.map(name -> of.find(name).content()).orElseGet(() -> counting(of));
        var lines = LineDiff.of(VersionText.lines(from), VersionText.lines(to));
        var console = composition.console();
        if (json) {
            var diff =
                    Json.mapper()
                            .createObjectNode()
                            .put("task", task)
                            .put("old", from.id())
                            .put("new", to.id());
            diff.set("lines", Json.mapper().valueToTree(lines));
            console.print(Json.pretty(diff));
        } else {
            console.print(
                    "--- " + from.id() + "\n+++ " + to.id() + "\n" + String.join("\n", lines));
        }
        return 0;
    }

    private static PromptContent counting(TaskVersions of) {
        return of.counting()
                .orElseThrow(() ->
                        SartorException.user(
                                "sartor.yaml follows the promoted version of task '"
                                        + of.task()
                                        + "', and none is promoted: name two versions, or promote one with `sartor"
                                        + " prompts promote "
                                        + of.task()
                                        + " VERSION`."));
    }
}
