package dev.sartor.cli;

import dev.sartor.core.Json;
import dev.sartor.hub.ModelDescription;
import dev.sartor.hub.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Show one model: its files, where they come from, what its licence asks.",
        footer = {"", "Example: sartor models show smollm2-135m-instruct"})
final class ModelsShowCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            paramLabel = "MODEL",
            description =
                    "A name from `sartor models list`, owner/name[:QUANTISATION][@revision] on the hub, or a path.")
    String model = "";

    @Option(names = "--json", description = "Print it as JSON.")
    boolean json;

    ModelsShowCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var shown = composition.hub(Use.COMMERCIAL).show(model);
        composition
                .console()
                .print(json ? Json.pretty(ModelsJson.of(shown)) : String.join("\n", lines(shown)));
        return 0;
    }

    private static List<String> lines(ModelDescription model) {
        var lines = new ArrayList<String>();
        lines.add(model.name());
        model.entry()
                .ifPresent(entry -> {
                    lines.add("  what it is   " + entry.summary());
                    lines.add(
                            "  parameters   "
                                    + Size.millions(entry.parameters())
                                    + ", reads at most "
                                    + entry.context()
                                    + " tokens");
                    lines.add("  made from    " + entry.upstream());
                });
        if (!model.repository().isEmpty()) {
            lines.add("  on the hub   " + model.repository() + " at " + model.revision());
        }
        lines.add(
                "  here         "
                        + (model.complete()
                                ? "all of it"
                                : model.cachedBytes() == 0
                                        ? "nothing yet: `sartor models pull "
                                                + model.name()
                                                + "` fetches "
                                                + Size.mib(model.size())
                                        : Size.mib(model.cachedBytes())
                                                + " of "
                                                + Size.mib(model.size())));
        licence(model, lines);
        for (var file : model.files()) {
            lines.add("  file         " + file.path() + ", " + Size.mib(file.size()));
        }
        return lines;
    }

    private static void licence(ModelDescription model, List<String> lines) {
        var licence = model.licence();
        lines.add("  licence      " + licence.name());
        licence.terms().ifPresent(terms -> lines.add("    terms      " + terms));
        lines.add("    commercial " + ModelsJson.commercial(licence));
        if (licence.attribution()) {
            lines.add("    asks for   attribution");
        }
        if (licence.shareAlike()) {
            lines.add("    asks for   the same licence for what is made from it");
        }
        if (!licence.clause().isEmpty()) {
            lines.add("    clause     " + licence.clause());
        }
    }
}
