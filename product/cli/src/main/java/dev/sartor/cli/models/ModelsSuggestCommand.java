package dev.sartor.cli.models;

import com.sun.management.OperatingSystemMXBean;
import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.UseOption;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.Size;
import dev.sartor.hub.catalogue.Ability;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "suggest",
        description = {
            "List the smallest models that fit memory, licence and needs.",
            "Which of them will do, `sartor compare` measures."
        },
        footer = {
            "",
            "Example: sartor models suggest --task answer --memory 8 --languages en,de",
            "         sartor models suggest --needs embedding --licence mit --json"
        })
final class ModelsSuggestCommand implements Callable<Integer> {
    private final Composition composition;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description = "What it is to do: classify, answer or embed.")
    Optional<Purpose> task = Optional.empty();

    @Option(
            names = "--memory",
            paramLabel = "GIB",
            description =
                    "What answering may take, in GiB (default: this machine's memory). Counted for 2048 tokens.")
    Optional<Double> memory = Optional.empty();

    @Option(
            names = "--licence",
            paramLabel = "SPDX",
            description = "Only models under this licence, such as apache-2.0.")
    Optional<String> licence = Optional.empty();

    @Mixin UseOption use = new UseOption();

    @Option(
            names = "--languages",
            split = ",",
            paramLabel = "LANGUAGE",
            description = "Which it must know, as en or de; what its authors name counts.")
    List<String> languages = List.of();

    @Option(
            names = "--needs",
            split = ",",
            paramLabel = "ABILITY",
            description = "chat, instruct, text, classification, embedding, long-context.")
    List<String> needs = List.of();

    @Option(names = "--json", description = "Print it as JSON.")
    boolean json;

    ModelsSuggestCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var found = new ModelSuggestions(composition.hub(use.use)).of(wishes());
        if (json) {
            composition.console().print(Json.pretty(found.stream().map(m -> m.json()).toList()));
            return 0;
        }
        if (found.isEmpty()) {
            throw SartorException.user(
                    "no model of the catalogue or the cache fits; allow more memory (--memory), another licence or use, or"
                            + " fewer needs and languages");
        }
        composition.console().print(table(found) + "\n\n" + lines(found));
        return 0;
    }

    private ModelWishes wishes() {
        return new ModelWishes(
                (long) (memory.filter(ModelsSuggestCommand::isSize).orElse(machine()) * (1L << 30)),
                licence,
                use.use,
                new HashSet<>(languages),
                needs.stream().map(Ability::named).collect(Collectors.toSet()),
                task.map(Purpose::abilities).orElse(Set.of()));
    }

    private static boolean isSize(double gib) {
        if (gib > 0 && gib < 1e6) {
            return true;
        }
        throw SartorException.user("--memory must be more than 0 GiB, got " + gib);
    }

    private static double machine() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize()
                / (double) (1L << 30);
    }

    private static Table table(List<ModelSuggestion> found) {
        var table =
                new Table(
                        "MODEL",
                        ">PARAMETERS",
                        ">CONTEXT",
                        ">ANSWERS IN",
                        ">LORA IN",
                        "LICENCE",
                        "WHY");
        for (var model : found) {
            table.row(
                    model.name(),
                    Size.millions(model.shape().parameters()),
                    model.context(),
                    Size.gib(model.memory().inference()),
                    model.shape().decodes() ? Size.gib(model.memory().lora()) : "–",
                    model.licence().name(),
                    model.why() + (model.here() ? "; it is here" : ""));
        }
        return table;
    }

    /// What to put into the project file.
    private static String lines(List<ModelSuggestion> found) {
        var first = found.getFirst();
        boolean embeds = first.abilities().contains(Ability.EMBEDDING);
        return "Measure the smallest first. In sartor.yaml:\n"
                + (embeds ? "embedder: " : "model: ")
                + first.name()
                + "\nthen `sartor compare`; if it falls short, the next one in the list.";
    }
}
