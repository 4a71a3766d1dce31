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
        footer = {"", "Example: sartor tune route --project helpdesk"})
final class TuneCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(paramLabel = "TASK", description = "The task's name in sartor.yaml.")
    String task = "";

    @Mixin ProjectOption project = new ProjectOption();

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

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
            var tuned = tuning.run(task);
            composition.console().print(json ? Json.pretty(fields(tuned)) : text(tuned));
        }
        return 0;
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
        return lines + "The adapter, in PEFT's format: " + tuned.folder();
    }
}
