package dev.sartor.cli.models;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.text.Size;
import dev.sartor.hub.catalogue.CatalogueEntry;
import dev.sartor.hub.catalogue.ModelDescription;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.memory.ModelShape;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "list",
        description =
                "List the models that Sartor knows and those that were fetched, with their licences.",
        footer = {"", "Example: sartor models list"})
final class ModelsListCommand implements Callable<Integer> {
    private final Composition composition;

    @Option(names = "--json", description = "Print it as JSON.")
    boolean json;

    ModelsListCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var hub = composition.hub(Use.COMMERCIAL);
        var sizes = new ModelSizes(hub);
        var models = hub.list();
        composition
                .console()
                .print(
                        json
                                ? Json.pretty(models.stream().map(m -> json(m, sizes)).toList())
                                : table(models, sizes).toString());
        return 0;
    }

    private static ObjectNode json(ModelDescription model, ModelSizes sizes) {
        var json = ModelsJson.of(model);
        sizes.here(model).ifPresent(shape -> json.set("memory", MemoryTable.usual(shape).json()));
        return json;
    }

    private static Table table(List<ModelDescription> models, ModelSizes sizes) {
        var table =
                new Table(
                        "NAME",
                        ">SIZE",
                        "HERE",
                        ">CONTEXT",
                        ">ANSWERS IN",
                        ">LORA IN",
                        "LICENCE",
                        "COMMERCIAL USE",
                        "WHAT IT IS");
        for (var model : models) {
            var licence = model.licence();
            var shape = sizes.here(model);
            var memory = shape.map(MemoryTable::usual);
            table.row(
                    model.name(),
                    Size.mib(model.size()),
                    model.complete() ? "yes" : model.cachedBytes() > 0 ? "in part" : "no",
                    context(model, shape),
                    memory.map(m -> Size.gib(m.inference())).orElse("?"),
                    memory.map(m -> Size.gib(m.lora())).orElse("?"),
                    licence.name(),
                    ModelsJson.commercial(licence),
                    model.entry().map(CatalogueEntry::summary).orElse(""));
        }
        return table;
    }

    private static String context(ModelDescription model, Optional<ModelShape> shape) {
        return model.entry()
                .map(CatalogueEntry::context)
                .or(() -> shape.map(ModelShape::context))
                .map(String::valueOf)
                .orElse("?");
    }
}
