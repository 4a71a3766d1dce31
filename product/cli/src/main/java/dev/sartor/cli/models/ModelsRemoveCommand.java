package dev.sartor.cli.models;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.text.Size;
import dev.sartor.hub.environment.Use;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "remove",
        description = "Remove a model's files from the cache.",
        footer = {"", "Example: sartor models remove smollm2-135m-instruct"})
final class ModelsRemoveCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(paramLabel = "MODEL", description = "As it was pulled.")
    String model = "";

    @Option(names = "--json", description = "Print it as JSON.")
    boolean json;

    ModelsRemoveCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var freed = composition.hub(Use.COMMERCIAL).remove(model);
        composition
                .console()
                .print(
                        json
                                ? Json.pretty(
                                        Json.mapper()
                                                .createObjectNode()
                                                .put("name", model)
                                                .put("freed_bytes", freed))
                                : model + ": removed, " + Size.mib(freed) + " are free again");
        return 0;
    }
}
