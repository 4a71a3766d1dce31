package dev.sartor.cli;

import dev.sartor.core.Json;
import dev.sartor.hub.CatalogueEntry;
import dev.sartor.hub.Use;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
        var models = composition.hub(Use.COMMERCIAL).list();
        if (json) {
            composition.console().print(Json.pretty(models.stream().map(ModelsJson::of).toList()));
            return 0;
        }
        var table = new Table("NAME", ">SIZE", "HERE", "LICENCE", "COMMERCIAL USE", "WHAT IT IS");
        for (var model : models) {
            var licence = model.licence();
            table.row(
                    model.name(),
                    Size.mib(model.size()),
                    model.complete() ? "yes" : model.cachedBytes() > 0 ? "in part" : "no",
                    licence.name(),
                    ModelsJson.commercial(licence),
                    model.entry().map(CatalogueEntry::summary).orElse(""));
        }
        composition.console().print(table.toString());
        return 0;
    }
}
