package dev.sartor.cli.runs;

import dev.sartor.cli.console.Interrupts;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.OpenProject;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.compare.Rebase;
import dev.sartor.compare.Recorded;
import dev.sartor.core.Json;
import dev.sartor.project.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rebase",
        description = {
            "Make runs again on another model, and show what changes.",
            "Everything else is as it was recorded: prompt, examples, retrieval, tuning, seeds. Shown are the score on the same test examples with the interval of the difference, cost, speed, size and licence.",
            "The old runs stay as they are. To take the new model over, name it in sartor.yaml: `sartor compare` then finds what is finished."
        },
        footer = {
            "",
            "Exit code: 0 when done, 2 if something besides the model has changed since.",
            "",
            "Examples: sartor runs rebase route/tuned --model gemma-3-270m --project helpdesk",
            "          sartor runs rebase route --model gemma-3-270m --json   # all that its comparison measured"
        })
final class RunsRebaseCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description =
                    "As for `sartor runs show`; or a task, for all runs of its newest comparison.")
    List<String> names = List.of();

    @Option(
            names = "--model",
            required = true,
            paramLabel = "NEW",
            description = "The new model, named as in sartor.yaml.")
    String model = "";

    @Mixin ProjectOption project = new ProjectOption();

    @Option(
            names = "--anyway",
            description =
                    "Go on where something besides the model has changed, with what is there now; the test examples must be"
                            + " the same.")
    boolean anyway;

    @Option(names = "--json", description = "Print the differences as JSON.")
    boolean json;

    RunsRebaseCommand(Composition composition) {
        this.composition = composition;
    }

    /// Everything is looked up before anything is done.
    @Override
    public Integer call() {
        var present = project.read();
        var all =
                names.stream()
                        .flatMap(name -> Recorded.find(project.absolute(), name).stream())
                        .distinct()
                        .toList();
        var projects = all.stream().map(each -> Rebase.project(each, model)).toList();
        var outcomes = new ArrayList<Rebase.Outcome>();
        try (var _ = OpenProject.lock(project.absolute(), "runs rebase");
                var interrupts = composition.interrupts()) {
            for (int i = 0; i < all.size(); i++) {
                var outcome = rebased(all.get(i), projects.get(i), present, interrupts);
                outcomes.add(outcome);
                if (!json) {
                    composition.console().print(RebaseText.of(outcome, present.costs()));
                }
            }
        }
        if (json) {
            composition
                    .console()
                    .print(Json.pretty(outcomes.stream().map(RebaseText::json).toList()));
        }
        return 0;
    }

    private Rebase.Outcome rebased(
            Recorded recorded, Project settings, Project present, Interrupts interrupts) {
        try (var open = OpenProject.of(settings, project.absolute(), composition)) {
            return Rebase.of(recorded, settings, open.around(interrupts.cancellation()))
                    .run(present.costs(), anyway);
        }
    }
}
