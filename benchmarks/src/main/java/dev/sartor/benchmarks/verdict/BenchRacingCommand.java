package dev.sartor.benchmarks.verdict;

import dev.sartor.cli.option.AskerOptions;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.compare.Runs;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import dev.sartor.evaluate.statistics.Proportions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "racing",
        description = {
            "How often the race of a task's candidates drops one that it should have kept.",
            "It is run again over the answers to the test examples that stored runs hold, on other examples each time; what all of"
                    + " them say is taken for the truth. Compare with 'racing: false' first, so that all candidates have answered."
        },
        footer = {"", "Example: sartor bench racing --project my-desk --task route --rows 100"})
public final class BenchRacingCommand implements Callable<Integer> {
    private final Composition composition;

    @Mixin ProjectOption project = new ProjectOption();

    @Mixin AskerOptions asker = new AskerOptions();

    @Option(names = "--task", required = true, paramLabel = "NAME", description = "The task.")
    String task = "";

    @Option(names = "--rows", description = "Examples of a race (default: ${DEFAULT-VALUE}).")
    int rows = 100;

    @Option(names = "--replays", description = "Races (default: ${DEFAULT-VALUE}).")
    int replays = 500;

    @Option(names = "--seed", description = "Where chance starts (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    public BenchRacingCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var read = project.read();
        var settings =
                read.task(task)
                        .orElseThrow(() ->
                                SartorException.user(
                                        "there is no task '"
                                                + task
                                                + "'."
                                                + Nearest.advice(task, read.taskNames())));
        var runners = runners();
        int answered = runners.getFirst().scores().size();
        Problems.refuseUnless(
                rows >= 20 && rows <= answered,
                "--rows",
                "from 20 to the " + answered + " test examples",
                rows,
                "100 is usual");
        Problems.refuseUnless(replays >= 1, "--replays", "at least 1", replays, "500 is usual");
        var result = new RacingBench(runners, settings.margin()).run(replays, rows, seed);
        composition.console().print(json ? Json.pretty(fields(runners, result)) : text(result));
        return 0;
    }

    /// The newest run of each candidate, in the order in which they were made.
    private List<RacingBench.Runner> runners() {
        var runs = Runs.of(project.absolute());
        var known = new HashSet<String>();
        var found = new ArrayList<RacingBench.Runner>();
        for (var run : runs.list()) {
            if (run.task().equals(task)
                    && run.setup().cascade().isEmpty()
                    && known.add(run.candidate())) {
                asker.require(run.maySeeAnswers(), run.id());
                found.add(
                        new RacingBench.Runner(
                                run.candidate(),
                                runs.answers(run).stream()
                                        .collect(
                                                Collectors.toMap(
                                                        StoredAnswer::id, StoredAnswer::score))));
            }
        }
        if (found.size() < 2) {
            throw SartorException.user(
                    "task '"
                            + task
                            + "' has "
                            + found.size()
                            + " candidates with stored answers, and a race takes two. Run `sartor compare` first, with"
                            + " 'racing: false' in sartor.yaml.");
        }
        return found.reversed();
    }

    private static Map<String, Object> fields(
            List<RacingBench.Runner> runners, RacingBench.Result result) {
        var fields = new LinkedHashMap<String, Object>();
        var scores = new LinkedHashMap<String, Double>();
        runners.forEach(each -> scores.put(each.name(), each.mean()));
        fields.put("candidates", scores);
        fields.put("replays", result.replays());
        fields.put("rows", result.rows());
        fields.put("lost", result.lost());
        fields.put("lost_high", Proportions.wilson(result.lost(), result.replays()).high());
        fields.put("best_dropped", result.bestDropped());
        fields.put(
                "best_dropped_high",
                Proportions.wilson(result.bestDropped(), result.replays()).high());
        fields.put("answered", result.answered());
        fields.put("kept", result.kept());
        return fields;
    }

    private static String text(RacingBench.Result result) {
        return String.format(
                Locale.ROOT,
                "%d of %d races dropped one better than all that were kept by more than the margin (95 %%: at most %.3f);"
                        + " %d dropped the best. %.0f %% of the answers were asked for, and %.1f candidates kept, on the mean.",
                result.lost(),
                result.replays(),
                Proportions.wilson(result.lost(), result.replays()).high(),
                result.bestDropped(),
                100 * result.answered(),
                result.kept());
    }
}
