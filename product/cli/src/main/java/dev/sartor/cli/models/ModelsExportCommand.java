package dev.sartor.cli.models;

import dev.sartor.cli.console.Console;
import dev.sartor.cli.console.OutputFile;
import dev.sartor.cli.index.IndexShowCommand;
import dev.sartor.cli.option.AdapterReadersOption;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.UseOption;
import dev.sartor.compare.ModelCard;
import dev.sartor.core.Json;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.ReadersFile;
import dev.sartor.core.text.CommandLineText;
import dev.sartor.core.text.Size;
import dev.sartor.hub.ModelFolder;
import dev.sartor.model.adapter.WeightedAdapter;
import dev.sartor.model.file.ModelExport;
import dev.sartor.weights.gguf.WeightType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = {
            "Write a model, with adapters merged into it, so that other programs take it.",
            "hf is a directory for transformers; gguf, a file for llama.cpp; peft, several adapters as one.",
            "With --unmerge, adapters that were merged into the model are taken out of it again."
        },
        footer = {
            "",
            "Examples: sartor models export smollm2-135m-instruct --adapter my-adapter --as hf --out merged",
            "          sartor models export smollm2-135m-instruct --adapter my-adapter --as gguf --type Q8_0 --out merged.gguf",
            "          sartor models export smollm2-135m-instruct --adapter one=0.7 --adapter two=0.3 --as peft --out both",
            "          sartor models export merged --adapter my-adapter --unmerge --as hf --out base"
        })
final class ModelsExportCommand implements Callable<Integer> {
    /// The forms, as they are written on the command line.
    enum Form {
        hf,
        gguf,
        peft;

        ModelExport.Form form() {
            return switch (this) {
                case hf -> ModelExport.Form.HF;
                case gguf -> ModelExport.Form.GGUF;
                case peft -> ModelExport.Form.PEFT;
            };
        }
    }

    private final Composition composition;

    @Parameters(paramLabel = "MODEL", description = "A model's name, folder or GGUF file.")
    String model = "";

    @Mixin UseOption use = new UseOption();

    @Option(
            names = "--adapter",
            paramLabel = "DIR[=WEIGHT]",
            description =
                    "A PEFT adapter, and what its change to the model is multiplied by (1 unless said). May be repeated: changes add up.")
    List<String> adapters = List.of();

    @Option(
            names = "--as",
            required = true,
            paramLabel = "FORM",
            description = "${COMPLETION-CANDIDATES}.")
    Form form = Form.hf;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description =
                    "Of matrices: ${COMPLETION-CANDIDATES} (default: as the model's files have them, F32 where those are quantised). Q8_0 and Q4_0 are for gguf.")
    Optional<WeightType> type = Optional.empty();

    @Option(
            names = "--unmerge",
            description = "Take the adapters out of a model that they were merged into.")
    boolean unmerge;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "PATH",
            description = "A new folder, or a new file for gguf.")
    Path out = Path.of("");

    @Mixin AdapterReadersOption unsaid = new AdapterReadersOption();

    @Option(names = "--json", description = "Print what was written as JSON.")
    boolean json;

    ModelsExportCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var weighted = adapters.stream().map(ModelsExportCommand::weighted).toList();
        if (Files.exists(out)) {
            throw SartorException.user(
                    "--out "
                            + out
                            + " exists already, and nothing is overwritten: name another place, or remove it first");
        }
        OutputFile.refuseUnlessWritable("--out", out);
        var console = composition.console();
        var files = composition.hub(use.use).pull(model, console);
        var card =
                form == Form.gguf ? Optional.<String>empty() : Optional.of(card(files, weighted));
        var readers = readers(files.opened(), weighted, console);
        var request =
                new ModelExport.Request(
                        files.opened(), model, weighted, unmerge, type, card, readers);
        var outcome = ModelExport.write(request, form.form(), out, console);
        console.say(
                out
                        + " is for "
                        + IndexShowCommand.readers(readers)
                        + ", as "
                        + (form == Form.gguf
                                ? ReadersFile.beside(out)
                                : out.resolve(ReadersFile.NAME))
                        + " says.");
        console.print(json ? json(outcome) : text(outcome));
        return 0;
    }

    /// Whoever may read all that went into the model and the adapters, also those that are taken out again.
    private Readers readers(Path opened, List<WeightedAdapter> weighted, Console console) {
        var readers = ReadersFile.ofModel(opened);
        for (var each : weighted) {
            var said = ReadersFile.read(each.folder());
            if (said.isEmpty()) {
                console.say(
                        "Beside "
                                + each.folder()
                                + " nothing says who may read what it was made from, so that "
                                + IndexShowCommand.readers(unsaid.readers())
                                + " may read what is written: "
                                + AdapterReadersOption.NAME
                                + " says who may.");
            }
            readers = readers.and(said.orElseGet(unsaid::readers));
        }
        return readers;
    }

    /// A weight stands behind the last `=`, if what stands there is a number.
    private static WeightedAdapter weighted(String option) {
        int at = option.lastIndexOf('=');
        try {
            return at < 0
                    ? new WeightedAdapter(Path.of(option), 1)
                    : new WeightedAdapter(
                            Path.of(option.substring(0, at)),
                            Double.parseDouble(option.substring(at + 1)));
        } catch (NumberFormatException e) {
            if (Files.isDirectory(Path.of(option))) {
                return new WeightedAdapter(Path.of(option), 1);
            }
            throw SartorException.user(
                    "--adapter must be DIR or DIR=WEIGHT with a number as the weight, got "
                            + option
                            + ": such as --adapter my-adapter=0.5",
                    e);
        }
    }

    private String card(ModelFolder files, List<WeightedAdapter> weighted) {
        var parts = new ArrayList<ModelCard.Part>();
        for (var each : weighted) {
            parts.add(ModelCard.Part.read(each.folder(), each.factor()));
        }
        return new ModelCard(
                        Optional.ofNullable(out.getFileName()).map(Path::toString).orElse("model"),
                        model,
                        files.licence().id(),
                        form == Form.peft ? "peft" : "transformers",
                        parts,
                        command())
                .markdown();
    }

    private String command() {
        var words = new ArrayList<>(List.of("sartor", "models", "export", model));
        adapters.forEach(each -> words.addAll(List.of("--adapter", each)));
        if (unmerge) {
            words.add("--unmerge");
        }
        words.addAll(List.of("--as", form.name()));
        type.ifPresent(each -> words.addAll(List.of("--type", each.name())));
        if (unsaid.isGiven()) {
            words.addAll(List.of(AdapterReadersOption.NAME, String.join(",", unsaid.names)));
        }
        words.addAll(List.of("--out", out.toString()));
        return String.join(" ", words.stream().map(CommandLineText::quoted).toList());
    }

    private String json(ModelExport.Outcome outcome) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("out", out.toString());
        fields.put("form", form.name());
        fields.put("type", outcome.type());
        fields.put("tensors", outcome.tensors());
        fields.put("changed", outcome.changed());
        fields.put("bytes", outcome.bytes());
        fields.put("said", outcome.said());
        return Json.line(fields);
    }

    private String text(ModelExport.Outcome outcome) {
        var lines = new StringBuilder();
        outcome.said().forEach(line -> lines.append(line).append(".\n"));
        return lines
                + String.format(
                        Locale.ROOT,
                        "%s: %d tensors%s, %s in %s",
                        out,
                        outcome.tensors(),
                        adapters.isEmpty() || form == Form.peft
                                ? ""
                                : ", " + outcome.changed() + " of them changed by " + changers(),
                        Size.mib(outcome.bytes()),
                        outcome.type());
    }

    private String changers() {
        return adapters.size() == 1 ? "the adapter" : adapters.size() + " adapters";
    }
}
