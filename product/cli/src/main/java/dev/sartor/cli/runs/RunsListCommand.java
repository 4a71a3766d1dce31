package dev.sartor.cli.runs;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.AskerOptions;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.core.Json;
import dev.sartor.project.Project;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "List the finished runs, the newest first.",
        footer = {"", "Example: sartor runs list --project my-desk"})
final class RunsListCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    private final Composition composition;

    @Mixin ProjectOption project = new ProjectOption();

    @Mixin AskerOptions asker = new AskerOptions();

    @Option(names = "--json", description = "Print them as JSON.")
    boolean json;

    RunsListCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var read = project.read();
        var runs =
                project.runs().list().stream()
                        .filter(run -> asker.mayRead(run.maySeeAnswers()))
                        .toList();
        var console = composition.console();
        if (json) {
            var all = Json.mapper().createArrayNode();
            runs.forEach(run -> all.add(RunsJson.of(run, measured(run, read), asker)));
            console.print(Json.pretty(all));
        } else if (runs.isEmpty()) {
            console.print(
                    asker.areGiven()
                            ? "There are no runs that the one who is named may see."
                            : "There are no runs yet: `sartor compare` makes some.");
        } else {
            console.print(table(runs, read));
        }
        return 0;
    }

    /// Empty where the project has no such task any more.
    private Optional<Measured> measured(Run run, Project read) {
        return read.task(run.task()).map(task -> project.runs().measured(run, read));
    }

    private String table(List<Run> runs, Project read) {
        var table =
                new Table(
                        "RUN",
                        "TASK",
                        "CANDIDATE",
                        "MODEL",
                        "METRIC",
                        ">SCORE",
                        ">LOW",
                        ">HIGH",
                        "FINISHED");
        for (var run : runs) {
            var score = measured(run, read).map(Measured::score);
            table.row(
                    run.id(),
                    run.task(),
                    run.candidate(),
                    run.remote().orElse(run.recipe().model()),
                    score.map(s -> s.metric()).orElse("-"),
                    score.map(s -> Figures.score(s.value())).orElse("-"),
                    score.map(s -> Figures.score(s.low())).orElse("-"),
                    score.map(s -> Figures.score(s.high())).orElse("-"),
                    TIME.format(run.finished()));
        }
        return table.toString();
    }
}
