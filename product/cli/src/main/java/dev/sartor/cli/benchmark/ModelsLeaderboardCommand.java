package dev.sartor.cli.benchmark;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.hub.ModelFolder;
import dev.sartor.suite.BenchmarkRun;
import dev.sartor.suite.TaskItems;
import dev.sartor.suite.TaskResult;
import dev.sartor.suite.leaderboard.Contender;
import dev.sartor.suite.leaderboard.Leaderboard;
import dev.sartor.tensor.machine.NativeMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "leaderboard",
        description = {
            "Hold models against each other on public benchmarks, and name the smallest that will do.",
            "",
            "All answer the same items. The smallest is the one with the fewest bytes on disk of those that are shown to be less than"
                    + " the margin worse than every other (paired intervals, as in `sartor compare`)."
        },
        footer = {
            "",
            "Example: sartor models leaderboard smollm2-135m-instruct gemma-3-270m --tasks arc_easy,piqa --data benchmarks --limit 200"
        })
public final class ModelsLeaderboardCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            arity = "1..*",
            paramLabel = "MODEL",
            description = "Two or more names, folders or GGUF files.")
    List<String> models = List.of();

    @Option(
            names = "--tasks",
            split = ",",
            paramLabel = "TASK",
            description =
                    "Benchmarks, with commas between them (default: arc_easy, arc_challenge, hellaswag, piqa, winogrande); see `sartor benchmark --help`.")
    List<String> tasks = List.of("arc_easy", "arc_challenge", "hellaswag", "piqa", "winogrande");

    @Option(
            names = "--margin",
            description =
                    "How much worse than another is still good enough, in shares of 1 (default: ${DEFAULT-VALUE}).")
    double margin = 0.05;

    @Mixin BenchmarkOptions options = new BenchmarkOptions();

    @Option(names = "--json", description = "Print it as JSON.")
    boolean json;

    public ModelsLeaderboardCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var named = List.copyOf(new LinkedHashSet<>(models));
        Problems.refuseUnless(
                named.size() >= 2,
                "MODEL",
                "two or more different ones",
                String.join(" ", models),
                "`sartor benchmark` measures a single model");
        Leaderboard.refuseUnlessMargin(margin);
        var items = options.items(tasks);
        var files = named.stream().map(each -> options.fetched(each, composition)).toList();
        var contenders = new ArrayList<Contender>();
        try (var interrupts = composition.interrupts()) {
            for (var model : files) {
                contenders.add(measured(model, items, interrupts.cancellation()));
            }
        }
        var board = Leaderboard.of(contenders, margin);
        var text = new LeaderboardText(board);
        composition.console().print(json ? Json.pretty(text.json()) : text.toString());
        return 0;
    }

    private Contender measured(
            ModelFolder files, List<TaskItems> items, Cancellation cancellation) {
        NativeMemory.giveBack();
        boolean isReset = NativeMemory.resetPeak();
        var before = NativeMemory.residentMib();
        try (var opened = options.open(files, composition)) {
            var run = new BenchmarkRun(opened, options.batch, composition.console(), cancellation);
            List<TaskResult> results = run.run(items);
            var peak = NativeMemory.peakMib();
            return new Contender(
                    files.name(),
                    bytes(files),
                    isReset && peak.isPresent() && before.isPresent()
                            ? OptionalLong.of(peak.getAsLong() - before.getAsLong())
                            : OptionalLong.empty(),
                    results);
        }
    }

    /// Of what is opened: other files of the folder, such as adapters, are no part of the model.
    private static long bytes(ModelFolder files) {
        var opened = files.opened();
        long sum = 0;
        for (var file : files.files()) {
            if (file.equals(opened) || file.startsWith(opened)) {
                sum += size(file);
            }
        }
        return sum;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
