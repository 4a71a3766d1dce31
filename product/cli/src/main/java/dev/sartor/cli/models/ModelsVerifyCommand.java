package dev.sartor.cli.models;

import dev.sartor.cli.console.OutputFile;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.UseOption;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.model.Adapters;
import dev.sartor.model.adapter.PeftFolder;
import dev.sartor.model.file.Networks;
import dev.sartor.model.file.ReferenceCheck;
import dev.sartor.model.file.ReferenceScript;
import dev.sartor.model.network.Network;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = {
            "Hold a model's logits, in fp32, against those that another implementation wrote down.",
            "The reference is a JSON object: input_ids, attention_mask, logits (flattened) and their shape;",
            "where it has greedy tokens, they are compared, too."
        },
        footer = {
            "",
            "Example: sartor models verify my-model --write reference.py",
            "         python3 reference.py my-model reference.json --adapter my-adapter",
            "         sartor models verify my-model --adapter my-adapter --reference reference.json"
        })
final class ModelsVerifyCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(paramLabel = "MODEL", description = "A model's name, folder or GGUF file.")
    String model = "";

    @Mixin UseOption use = new UseOption();

    @Option(names = "--adapter", paramLabel = "DIR", description = "A PEFT adapter to put on.")
    Optional<Path> adapter = Optional.empty();

    @Option(names = "--reference", paramLabel = "FILE", description = "What to hold it against.")
    Optional<Path> reference = Optional.empty();

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description =
                    "Where to write the script that makes a reference, in place of the screen.")
    Optional<Path> script = Optional.empty();

    @Option(
            names = "--tolerance",
            description = "The greatest difference that is accepted (default: ${DEFAULT-VALUE}).")
    double tolerance = 2e-4;

    @Option(names = "--json", description = "Print the outcome as JSON.")
    boolean json;

    ModelsVerifyCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        if (reference.isPresent() && script.isPresent()) {
            throw SartorException.user(
                    "--write must stand without --reference, got both: write the script, run it,"
                            + " then give what it wrote as --reference");
        }
        script.ifPresent(file -> OutputFile.refuseUnlessWritable("--write", file));
        var check = reference.map(ReferenceCheck::read);
        var files = composition.hub(use.use).pull(model, composition.console());
        return check.isPresent()
                ? compare(check.get(), files.opened())
                : writeScript(files.folder());
    }

    private int writeScript(Path files) {
        var command =
                ReferenceScript.command(script.orElse(Path.of("reference.py")), files, adapter);
        script.ifPresent(file -> AtomicFile.publish(file, ReferenceScript.text()));
        if (json) {
            composition
                    .console()
                    .print(Json.line(Map.of("script", ReferenceScript.text(), "command", command)));
        } else if (script.isPresent()) {
            composition.console().print("now run: " + command);
        } else {
            composition.console().printExactly(ReferenceScript.text());
        }
        return 0;
    }

    private int compare(ReferenceCheck check, Path files) {
        try (var network = Networks.open(files, DType.F32)) {
            var outcome =
                    adapter.isPresent()
                            ? adapted(check, network, adapter.get())
                            : check.of(network, Adapters.none());
            composition.console().print(json ? json(outcome) : text(outcome));
            return outcome.agreesWithin(tolerance) ? 0 : 1;
        }
    }

    private static ReferenceCheck.Outcome adapted(
            ReferenceCheck check, Network network, Path folder) {
        try (var adapter =
                Engine.call(() -> {
                    try (var _ = TensorScope.open()) {
                        return PeftFolder.read(folder, network);
                    }
                })) {
            return check.of(network, adapter);
        }
    }

    private String json(ReferenceCheck.Outcome outcome) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("difference", outcome.difference());
        fields.put("tolerance", tolerance);
        fields.put("compared", outcome.compared());
        fields.put("greedy_tokens", outcome.tokens());
        fields.put("greedy_same", outcome.same());
        fields.put("agrees", outcome.agreesWithin(tolerance));
        return Json.line(fields);
    }

    private String text(ReferenceCheck.Outcome outcome) {
        return String.format(
                Locale.ROOT,
                "greatest difference %.2e over %d logits, %s the tolerance of %.0e%s",
                outcome.difference(),
                outcome.compared(),
                outcome.difference() <= tolerance ? "within" : "ABOVE",
                tolerance,
                greedy(outcome));
    }

    private static String greedy(ReferenceCheck.Outcome outcome) {
        if (outcome.tokens() == 0) {
            return "";
        }
        return outcome.same() == outcome.tokens()
                ? "; the same " + outcome.tokens() + " greedy tokens"
                : "; the greedy tokens DIFFER after " + outcome.same() + " of " + outcome.tokens();
    }
}
