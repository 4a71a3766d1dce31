package dev.sartor.cli;

import dev.sartor.core.Json;
import dev.sartor.model.Adapters;
import dev.sartor.model.LoraAdapter;
import dev.sartor.model.Networks;
import dev.sartor.model.PeftFolder;
import dev.sartor.model.ReferenceCheck;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.TensorScope;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
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
            "Example: sartor models verify smollm2-135m-instruct --adapter my-adapter --reference reference.json"
        })
final class ModelsVerifyCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(paramLabel = "MODEL", description = "A model's name, folder or GGUF file.")
    String model = "";

    @Mixin UseOption use = new UseOption();

    @Option(names = "--adapter", paramLabel = "DIR", description = "A PEFT adapter to put on.")
    Optional<Path> adapter = Optional.empty();

    @Option(
            names = "--reference",
            paramLabel = "FILE",
            required = true,
            description = "What to hold it against.")
    Path reference = Path.of("");

    @Option(
            names = "--tolerance",
            description = "The greatest difference that is accepted (default: ${DEFAULT-VALUE}).")
    double tolerance = 1e-3;

    @Option(names = "--json", description = "Print the outcome as JSON.")
    boolean json;

    ModelsVerifyCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var check = ReferenceCheck.read(reference);
        var files = composition.hub(use.use).pull(model, composition.console()).folder();
        try (var network = Networks.open(files, DType.F32)) {
            var worn =
                    adapter.map(folder ->
                            Engine.<LoraAdapter>call(() -> {
                                try (var _ = TensorScope.open()) {
                                    return PeftFolder.read(folder, network);
                                }
                            }));
            var outcome = check.of(network, worn.<Adapters>map(a -> a).orElse(Adapters.none()));
            worn.ifPresent(LoraAdapter::close);
            var agrees = outcome.agreesWithin(tolerance);
            var fields = new LinkedHashMap<String, Object>();
            fields.put("difference", outcome.difference());
            fields.put("tolerance", tolerance);
            fields.put("compared", outcome.compared());
            fields.put("greedy_tokens", outcome.tokens());
            fields.put("greedy_same", outcome.same());
            fields.put("agrees", agrees);
            composition
                    .console()
                    .print(
                            json
                                    ? Json.line(fields)
                                    : String.format(
                                            Locale.ROOT,
                                            "greatest difference %.2e over %d logits, %s the tolerance of %.0e%s",
                                            outcome.difference(),
                                            outcome.compared(),
                                            outcome.difference() <= tolerance ? "within" : "ABOVE",
                                            tolerance,
                                            greedy(outcome)));
            return agrees ? 0 : 1;
        }
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
