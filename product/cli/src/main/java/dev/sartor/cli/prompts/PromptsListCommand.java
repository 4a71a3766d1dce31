package dev.sartor.cli.prompts;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.core.Json;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "list",
        description = {
            "List the versions of tasks' prompts, the oldest first.",
            "The one that counts is what the next comparison measures; where sartor.yaml names no version, that is its"
                    + " own instruction. With --state: those that were promoted there."
        },
        footer = {
            "",
            "Example: sartor prompts list route --project helpdesk",
            "         sartor prompts list route --state state.db --tenant acme --project helpdesk"
        })
final class PromptsListCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(arity = "0..*", paramLabel = "TASK", description = "Tasks (default: all).")
    List<String> tasks = List.of();

    @Mixin ProjectOption project = new ProjectOption();

    @Mixin PromotionOptions promotion = new PromotionOptions();

    @Option(names = "--json", description = "Print them as JSON.")
    boolean json;

    PromptsListCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        promotion.check();
        composition.console().print(promotion.state.isPresent() ? ofState() : ofFolder());
        return 0;
    }

    private String ofState() {
        return StateVersions.text(
                promotion.open(),
                TaskVersions.all(project, tasks).stream()
                        .map(each -> promotion.place(project, each.task()))
                        .toList(),
                json);
    }

    private String ofFolder() {
        var table = new Table("TASK", "VERSION", "IS", ">EXAMPLES", "CREATED", "PARENT", "NOTE");
        var all = Json.mapper().createArrayNode();
        for (var task : TaskVersions.all(project, tasks)) {
            var promoted = task.versions().promoted();
            var counting = task.counting().map(PromptContent::id);
            for (var version : versions(task)) {
                boolean isPromoted = promoted.filter(version.id()::equals).isPresent();
                boolean counts = counting.filter(version.id()::equals).isPresent();
                boolean isKept = task.versions().ids().contains(version.id());
                table.row(
                        task.task(),
                        version.id(),
                        is(isPromoted, counts, isKept),
                        version.content().examples().size(),
                        VersionText.time(version),
                        version.parent().orElse("-"),
                        version.note().orElse("-"));
                all.add(
                        VersionText.json(version, task)
                                .put("promoted", isPromoted)
                                .put("counts", counts)
                                .put("kept", isKept));
            }
        }
        return json ? Json.pretty(all) : table.toString();
    }

    /// With what the project file itself says, where that is not kept as a version.
    private static List<PromptVersion> versions(TaskVersions task) {
        var versions = new ArrayList<>(task.versions().list());
        task.inFile()
                .filter(content -> !task.versions().ids().contains(content.id()))
                .map(content ->
                        new PromptVersion(
                                content, Optional.empty(), Optional.empty(), Instant.EPOCH))
                .ifPresent(own -> versions.add(0, own));
        return versions;
    }

    private static String is(boolean isPromoted, boolean counts, boolean isKept) {
        var is = new ArrayList<String>();
        if (isPromoted) {
            is.add("promoted");
        }
        if (counts) {
            is.add("counts");
        }
        if (!isKept) {
            is.add("in sartor.yaml");
        }
        return is.isEmpty() ? "-" : String.join(", ", is);
    }
}
