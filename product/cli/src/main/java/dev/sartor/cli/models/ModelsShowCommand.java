package dev.sartor.cli.models;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.text.Size;
import dev.sartor.hub.catalogue.ModelDescription;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.memory.ModelShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

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

    @Option(
            names = "--batch",
            description = "Rows at once, for the estimate of memory (default: ${DEFAULT-VALUE}).")
    int batch = 1;

    @Option(
            names = "--length",
            paramLabel = "TOKENS",
            description =
                    "Tokens of each row, for the estimate (default: 2048, or the model's context).")
    Optional<Integer> length = Optional.empty();

    @Option(names = "--json", description = "Print it as JSON.")
    boolean json;

    ModelsShowCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var hub = composition.hub(Use.COMMERCIAL);
        var shown = hub.show(model);
        var shape = new ModelSizes(hub).anywhere(shown);
        var memory = shape.map(s -> MemoryTable.of(s, batch, length(s)));
        composition
                .console()
                .print(
                        json
                                ? Json.pretty(json(shown, shape, memory))
                                : String.join("\n", lines(shown, shape, memory)));
        return 0;
    }

    private int length(ModelShape shape) {
        return length.orElse(Math.min(MemoryTable.LENGTH, shape.context()));
    }

    private static ObjectNode json(
            ModelDescription model, Optional<ModelShape> shape, Optional<MemoryTable> memory) {
        var json = ModelsJson.of(model);
        shape.ifPresent(s -> json.put("parameters", s.parameters()).put("context", s.context()));
        memory.ifPresent(m -> json.set("memory", m.json()));
        return json;
    }

    private static List<String> lines(
            ModelDescription model, Optional<ModelShape> shape, Optional<MemoryTable> memory) {
        var lines = new ArrayList<String>();
        lines.add(model.name());
        model.entry().ifPresent(entry -> lines.add("  what it is   " + entry.summary()));
        lines.add("  parameters   " + sizes(model, shape));
        model.entry().ifPresent(entry -> lines.add("  made from    " + entry.upstream()));
        lines.addAll(
                memory.map(MemoryTable::lines)
                        .orElse(List.of("  memory       not known before it is fetched")));
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

    private static String sizes(ModelDescription model, Optional<ModelShape> shape) {
        return model.entry()
                .map(e -> sizes(e.parameters(), e.context()))
                .or(() -> shape.map(s -> sizes(s.parameters(), s.context())))
                .orElse("not known before it is fetched");
    }

    private static String sizes(long parameters, int context) {
        return Size.millions(parameters) + ", reads at most " + context + " tokens";
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
