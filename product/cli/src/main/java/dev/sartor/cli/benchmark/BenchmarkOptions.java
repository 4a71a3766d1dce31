package dev.sartor.cli.benchmark;

import dev.sartor.cli.console.Console;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.UseOption;
import dev.sartor.core.SartorException;
import dev.sartor.generate.LanguageModel;
import dev.sartor.hub.ModelFolder;
import dev.sartor.model.Precision;
import dev.sartor.suite.RunOptions;
import dev.sartor.suite.TaskItems;
import dev.sartor.suite.file.BenchmarkFiles;
import dev.sartor.suite.task.BenchmarkTask;
import dev.sartor.suite.task.BenchmarkTasks;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What benchmarks are run on, and how.
final class BenchmarkOptions {
    @Option(
            names = "--data",
            paramLabel = "NAME=PATH",
            description =
                    "A task's rows: a JSONL, JSON or Parquet file, or a folder with a file for each split, such as test.jsonl; without"
                            + " NAME= a folder that holds one for each task. May be repeated.")
    List<String> data = List.of();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Only the first N items of a task, of mmlu of each subject.")
    Optional<Integer> limit = Optional.empty();

    @Option(
            names = "--few-shot",
            paramLabel = "K",
            description =
                    "Solved examples before each item (default: as lm-evaluation-harness; 5 for gsm8k, else none).")
    Optional<Integer> fewShot = Optional.empty();

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Items that are computed side by side (default: ${DEFAULT-VALUE}).")
    int batch = 16;

    @Option(
            names = "--weights",
            paramLabel = "TYPE",
            description =
                    "How weights are held: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). F32 gives lm-evaluation-harness's"
                            + " figures item by item.")
    Precision weights = Precision.BF16;

    @Mixin UseOption use = new UseOption();

    /// Reads all rows before anything else is done.
    List<TaskItems> items(List<String> tasks) {
        var options = new RunOptions(limit, fewShot, batch);
        var named = BenchmarkTasks.named(tasks);
        if (data.isEmpty()) {
            throw SartorException.user(
                    "--data must say where the rows of "
                            + String.join(", ", named.stream().map(BenchmarkTask::name).toList())
                            + " are, and is missing: fetch the data set from the hub, then give --data NAME=FOLDER (docs/guide-benchmarks.md)");
        }
        var files = BenchmarkFiles.of(data, BenchmarkTasks.names());
        return named.stream().map(task -> TaskItems.read(task, files, options)).toList();
    }

    ModelFolder fetched(String model, Composition composition) {
        return composition.hub(use.use).pull(model, composition.console());
    }

    LanguageModel open(ModelFolder files, Composition composition) {
        Console console = composition.console();
        console.say("opening " + files.name() + " in " + weights.word());
        return LanguageModel.open(
                files.name(), files.opened(), weights, Clock.systemUTC(), composition.weights());
    }
}
