package dev.sartor.cli.models;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.UseOption;
import dev.sartor.core.Json;
import dev.sartor.core.text.Size;
import dev.sartor.hub.Hub;
import dev.sartor.hub.ModelFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pull",
        description = "Fetch models; a download that was cut goes on where it stopped.",
        footer = {"", "Example: sartor models pull smollm2-135m-instruct all-minilm-l6-v2"})
final class ModelsPullCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            arity = "1..*",
            paramLabel = "MODEL",
            description =
                    "Names from `sartor models list`, or owner/name[:QUANTISATION][@revision] on the hub.")
    List<String> models = List.of();

    @Mixin UseOption use = new UseOption();

    @Option(names = "--json", description = "Print what was fetched as JSON.")
    boolean json;

    ModelsPullCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var hub = composition.hub(use.use);
        var pulled = new ArrayList<ModelFolder>();
        for (var model : models) {
            var folder = hub.pull(model, composition.console());
            pulled.add(folder);
            if (!json) {
                composition
                        .console()
                        .print(
                                folder.name()
                                        + ": in "
                                        + folder.folder()
                                        + ", licence "
                                        + folder.licence().name()
                                        + memory(hub, model));
            }
        }
        if (json) {
            composition.console().print(Json.pretty(pulled.stream().map(ModelsJson::of).toList()));
        }
        return 0;
    }

    private static String memory(Hub hub, String model) {
        return new ModelSizes(hub)
                .here(hub.show(model))
                .map(MemoryTable::usual)
                .map(m ->
                        ", answers in about "
                                + Size.gib(m.inference())
                                + " of memory, LoRA in "
                                + Size.gib(m.lora()))
                .orElse("");
    }
}
