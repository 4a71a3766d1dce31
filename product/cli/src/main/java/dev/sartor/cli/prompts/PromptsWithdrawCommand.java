package dev.sartor.cli.prompts;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.core.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "withdraw",
        description = {
            "Take back what is promoted in a state: servers on it go on with what counts without it.",
            "A tenant's callers then have what all have, and all have the version of the server's own project."
        },
        footer = {
            "",
            "Example: sartor prompts withdraw route --state state.db --tenant acme --project helpdesk"
        })
final class PromptsWithdrawCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(index = "0", paramLabel = "TASK", description = "A task of the project.")
    String task = "";

    @Mixin ProjectOption project = new ProjectOption();

    @Mixin PromotionOptions promotion = new PromotionOptions();

    @Option(names = "--json", description = "Print what was taken back as JSON.")
    boolean json;

    PromptsWithdrawCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var of = TaskVersions.of(project, task);
        boolean wasThere = promotion.open().withdraw(promotion.place(project, of.task()));
        composition
                .console()
                .print(
                        json
                                ? Json.pretty(
                                        Json.mapper()
                                                .createObjectNode()
                                                .put("task", task)
                                                .put("withdrawn", wasThere))
                                : wasThere
                                        ? "No version of "
                                                + task
                                                + " is promoted any more"
                                                + promotion.said()
                                                + "."
                                        : "Nothing was promoted of "
                                                + task
                                                + promotion.said()
                                                + ".");
        return 0;
    }
}
