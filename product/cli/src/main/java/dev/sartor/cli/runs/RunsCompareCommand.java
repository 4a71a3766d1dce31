package dev.sartor.cli.runs;

import dev.sartor.cli.option.AskerOptions;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.verdict.Pairing;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compare",
        description = "Compare two runs of one task on the same test examples.",
        footer = {"", "Example: sartor runs compare route/tuned route/few-shot"})
final class RunsCompareCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(index = "0", paramLabel = "FIRST", description = "As for `sartor runs show`.")
    String first = "";

    @Parameters(index = "1", paramLabel = "SECOND", description = "As for `sartor runs show`.")
    String second = "";

    @Mixin ProjectOption project = new ProjectOption();

    @Mixin AskerOptions asker = new AskerOptions();

    @Option(names = "--json", description = "Print the difference as JSON.")
    boolean json;

    RunsCompareCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var read = project.read();
        var runs = project.runs();
        var one = runs.find(first);
        var other = runs.find(second);
        asker.require(one.maySeeAnswers(), one.id());
        asker.require(other.maySeeAnswers(), other.id());
        refuseWhatCannotBeCompared(one, other);
        runs.measured(one, read); // says what is wrong where the project has no such task any more
        var task = read.task(one.task()).orElseThrow().task();
        var pair = runs.compare(one, other, task);
        composition
                .console()
                .print(
                        json
                                ? Json.pretty(RunsJson.of(one, other, pair))
                                : text(one.candidate(), other.candidate(), pair));
        return 0;
    }

    private static void refuseWhatCannotBeCompared(Run one, Run other) {
        if (!one.task().equals(other.task())) {
            throw SartorException.user(
                    "runs can be compared on one task, and "
                            + one.id()
                            + " is of '"
                            + one.task()
                            + "', "
                            + other.id()
                            + " of '"
                            + other.task()
                            + "': name two of one task");
        }
        if (!one.digests()
                .getOrDefault("test", "")
                .equals(other.digests().getOrDefault("test", ""))) {
            throw SartorException.user(
                    one.id()
                            + " and "
                            + other.id()
                            + " answered different test files: `sartor compare` measures both on the present one");
        }
    }

    static String text(String one, String other, Pairing pair) {
        var comparison = pair.comparison();
        return String.format(
                Locale.ROOT,
                """
                %s less %s: %s points, 95 %% interval %s to %s, p %s
                better on %d examples, worse on %d\
                """,
                one,
                other,
                Figures.points(comparison.difference()),
                Figures.points(comparison.low()),
                Figures.points(comparison.high()),
                Figures.p(comparison.p()),
                comparison.onlyA(),
                comparison.onlyB());
    }
}
