package dev.sartor.cli.prompts;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.OpenProject;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.core.Json;
import dev.sartor.promptsearch.SearchJson;
import dev.sartor.promptsearch.SearchRequest;
import dev.sartor.promptsearch.TaskPromptSearch;
import dev.sartor.promptsearch.budget.SearchBudget;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "search",
        description = {
            "Search for a better prompt of a task: its instruction, its examples, their order.",
            "What it finds meets the test examples once, beside the prompt that counts now, and is kept as a version; it"
                    + " is not promoted. Started again, it goes on where it was stopped."
        },
        footer = {
            "",
            "Example: sartor prompts search route --minutes 10 --project helpdesk",
            "         sartor prompts search route --tokens 500000 --money 0.50 --proposer large --project helpdesk"
        })
final class PromptsSearchCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(index = "0", paramLabel = "TASK", description = "A task of the project.")
    String task = "";

    @Option(
            names = "--tokens",
            paramLabel = "N",
            description = "The most tokens of prompts and answers, in all its sittings.")
    Optional<Long> tokens = Optional.empty();

    @Option(names = "--minutes", paramLabel = "M", description = "The longest it may take.")
    Optional<Double> minutes = Optional.empty();

    @Option(
            names = "--money",
            paramLabel = "X",
            description =
                    "The most it may cost, in the project's currency: tokens of remote models, and hours of this machine.")
    Optional<Double> money = Optional.empty();

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description =
                    "Whose prompt it is: a model, or the name of a remote one (default: the project's model).")
    Optional<String> model = Optional.empty();

    @Option(
            names = "--proposer",
            paramLabel = "MODEL",
            description =
                    "Who is asked for better instructions: a model, the name of a remote one, or none (default: the model itself).")
    Optional<String> proposer = Optional.empty();

    @Mixin ProjectOption project = new ProjectOption();

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    PromptsSearchCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var budget =
                new SearchBudget(
                        tokens.map(OptionalLong::of).orElse(OptionalLong.empty()),
                        money.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                        minutes.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
        try (var open = OpenProject.open(project, composition)) {
            open.askForKeys();
            try (var _ = open.lock("prompts search");
                    var interrupts = composition.interrupts()) {
                var around = open.around(interrupts.cancellation());
                var result =
                        new TaskPromptSearch(open.project(), open.folder(), around)
                                .run(new SearchRequest(task, budget, model, proposer));
                composition
                        .console()
                        .print(
                                json
                                        ? Json.pretty(SearchJson.of(result))
                                        : SearchedText.of(result, project.again()));
            }
        }
        return 0;
    }
}
