package dev.sartor.cli.benchmark;

import dev.sartor.cli.console.OutputFile;
import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.suite.BenchmarkJson;
import dev.sartor.suite.BenchmarkRun;
import dev.sartor.suite.TaskResult;
import dev.sartor.suite.task.BenchmarkTasks;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "benchmark",
        description = {
            "Measure a model on public benchmarks, as lm-evaluation-harness does.",
            "",
            "Tasks: arc_easy, arc_challenge, hellaswag, piqa, winogrande, boolq, openbookqa, lambada_openai (or lambada), mmlu,"
                    + " truthfulqa_mc1, truthfulqa_mc2 (or truthfulqa_mc for both), gsm8k."
        },
        footer = {
            "",
            "Example: sartor benchmark arc_easy,piqa --model smollm2-135m-instruct --data benchmarks --limit 200 --weights f32"
        })
public final class BenchmarkCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            split = ",",
            arity = "1..*",
            paramLabel = "TASK",
            description = "One or more, with commas between them.")
    List<String> tasks = List.of();

    @Option(
            names = "--model",
            required = true,
            paramLabel = "MODEL",
            description = "A model's name, folder or GGUF file.")
    String model = "";

    @Mixin BenchmarkOptions options = new BenchmarkOptions();

    @Option(names = "--json", description = "Print the figures as JSON.")
    boolean json;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Write the figures and every item's log-likelihoods or text there, as JSON.")
    Optional<Path> out = Optional.empty();

    public BenchmarkCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        out.ifPresent(file -> OutputFile.refuseUnlessWritable("--out", file));
        var items = options.items(tasks);
        var files = options.fetched(model, composition);
        try (var interrupts = composition.interrupts();
                var opened = options.open(files, composition)) {
            var run =
                    new BenchmarkRun(
                            opened,
                            options.batch,
                            composition.console(),
                            interrupts.cancellation());
            var results = run.run(items);
            out.ifPresent(file -> AtomicFile.write(file, Json.line(json(results, true)) + "\n"));
            composition
                    .console()
                    .print(json ? Json.pretty(json(results, false)) : table(results).toString());
        }
        return 0;
    }

    private ObjectNode json(List<TaskResult> results, boolean withItems) {
        var fields = Json.mapper().createObjectNode();
        fields.put("model", model);
        fields.put("weights", options.weights.word());
        fields.put("batch", options.batch);
        fields.put("as_lm_eval", BenchmarkTasks.LM_EVAL);
        var tasksJson = fields.putArray("tasks");
        results.forEach(result -> tasksJson.add(BenchmarkJson.of(result, withItems)));
        return fields;
    }

    private static Table table(List<TaskResult> results) {
        var table =
                new Table(
                        "TASK", "VERSION", ">FEW-SHOT", ">ITEMS", "METRIC", ">VALUE", ">± STDERR");
        for (var result : results) {
            for (var figure : result.figures()) {
                var error = figure.standardError();
                table.row(
                        result.task().name(),
                        result.task().version(),
                        result.fewShot(),
                        result.answers().size(),
                        figure.metric().replace(",none", ""),
                        four(figure.value()),
                        error.isPresent() ? four(error.getAsDouble()) : "");
            }
        }
        return table;
    }

    private static String four(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
