package dev.sartor.cli;

import dev.sartor.compare.TaskTuning;
import dev.sartor.core.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tune",
        description = {
            "Train a task's LoRA adapter and measure it on validation after each epoch.",
            "Ctrl-C writes a checkpoint; the same command goes on from it. `compare` takes the adapter as it is."
        },
        footer = {
            "",
            "Examples: sartor tune route --project helpdesk --explain",
            "          sartor tune route --project helpdesk"
        })
final class TuneCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(paramLabel = "TASK", description = "The task's name in sartor.yaml.")
    String task = "";

    @Mixin ProjectOption project = new ProjectOption();

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Option(
            names = "--explain",
            description =
                    "Print what would happen and why: tokens, steps, time, memory, cost; train nothing.")
    boolean explain;

    TuneCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        try (var open = OpenProject.open(project, composition);
                var interrupts = composition.interrupts()) {
            var tuning =
                    new TaskTuning(
                            open.project(), open.folder(), open.around(interrupts.cancellation()));
            composition.console().print(explain ? explained(tuning) : tuned(tuning));
        }
        return 0;
    }

    private String explained(TaskTuning tuning) {
        var explained = tuning.explain(task);
        return json
                ? Json.pretty(TuneExplanation.fields(explained))
                : TuneExplanation.text(task, explained);
    }

    private String tuned(TaskTuning tuning) {
        var tuned = tuning.run(task);
        return json ? Json.pretty(fields(tuned)) : text(tuned);
    }

    private static Map<String, Object> fields(TaskTuning.Outcome tuned) {
        var adapter = tuned.adapter();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("adapter", tuned.folder().toString());
        fields.put("parameters", adapter.parameters());
        fields.put("seconds", adapter.seconds());
        fields.put("validation", adapter.validation());
        fields.put("kept_epoch", adapter.keptEpoch());
        return fields;
    }

    private static String text(TaskTuning.Outcome tuned) {
        var adapter = tuned.adapter();
        var lines = new StringBuilder();
        adapter.validation().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e ->
                        lines.append(
                                String.format(
                                        Locale.ROOT,
                                        "epoch %d: validation %.3f%s%n",
                                        e.getKey(),
                                        e.getValue(),
                                        e.getKey() == adapter.keptEpoch() ? "  (kept)" : "")));
        return lines
                + "The adapter, in PEFT's format: "
                + tuned.folder()
                + "\nHow the training went: "
                + tuned.folder().resolve("training.html");
    }
}
