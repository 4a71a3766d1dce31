package dev.sartor.cli.fit;

import dev.sartor.cli.index.EvaluateRetrievalCommand;
import dev.sartor.cli.option.AskerOptions;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.OpenProject;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.cli.option.WeightsOption;
import dev.sartor.core.Json;
import dev.sartor.core.Score;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "evaluate",
        description = {
            "Measure a finished candidate on its task's validation examples, as it answers now.",
            "The test examples are the comparison's alone: `sartor runs show` has that score."
        },
        synopsisSubcommandLabel = "[COMMAND]",
        footer = {"", "Example: sartor evaluate route/tuned --project helpdesk"})
public final class EvaluateCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            arity = "0..1",
            paramLabel = "CANDIDATE",
            description =
                    "A run's name, or a task for what its comparison chose; see `sartor runs list`.")
    Optional<String> candidate = Optional.empty();

    @Mixin ProjectOption project = new ProjectOption();

    @Mixin WeightsOption weights = new WeightsOption();

    @Mixin AskerOptions asker = new AskerOptions();

    @Option(names = "--json", description = "Print the score as JSON.")
    boolean json;

    private EvaluateCommand(Composition composition) {
        this.composition = composition;
    }

    public static CommandLine line(Composition composition) {
        return new CommandLine(new EvaluateCommand(composition))
                .addSubcommand(new EvaluateRetrievalCommand(composition));
    }

    @Override
    public Integer call() {
        try (var open = OpenProject.open(project, weights, composition);
                var interrupts = composition.interrupts();
                var opened = open.candidate(candidate, asker, interrupts.cancellation())) {
            asker.require(opened.mayMeasure(), opened.run().id());
            var validated = opened.validate(composition.console());
            asker.require(validated.readers(), opened.run().id());
            var score = validated.score();
            var target = opened.task().target();
            var meets = target.isEmpty() || score.value() >= target.get();
            composition
                    .console()
                    .print(json ? json(opened.run().id(), score, meets) : text(score, target));
            return meets ? 0 : 1;
        }
    }

    private static String json(String run, Score score, boolean meetsTarget) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("run", run);
        fields.put("split", "validation");
        fields.put("score", score);
        fields.put("meets_target", meetsTarget);
        return Json.pretty(fields);
    }

    private static String text(Score score, Optional<Double> target) {
        var line =
                String.format(
                        Locale.ROOT,
                        "%s %.3f (95 %% interval %.3f to %.3f) on %d validation examples",
                        score.metric(),
                        score.value(),
                        score.low(),
                        score.high(),
                        score.count());
        return line + target.map(t -> String.format(Locale.ROOT, ", target %.3f", t)).orElse("");
    }
}
