package dev.sartor.cli.serve;

import dev.sartor.cli.option.AdapterReadersOption;
import dev.sartor.cli.option.UseOption;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A model to be served as it is, with its adapters.
final class BaseModelOptions {
    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description =
                    "Serve this model (a name, folder or GGUF file) as it is, in place of a project's candidates.")
    Optional<String> model = Optional.empty();

    @Option(
            names = "--adapter",
            paramLabel = "NAME=FOLDER",
            description =
                    "Serve the model with this PEFT adapter on, too, under that name. May be repeated.")
    List<String> adapters = List.of();

    @Option(
            names = "--adapters",
            paramLabel = "FOLDER",
            description =
                    "Serve each sub-folder that holds an adapter under its own name; they may come, change and go while the server runs."
                            + " Callers whose key is for it attach others here (PUT /v1/adapters/NAME).")
    Optional<Path> folder = Optional.empty();

    @Mixin AdapterReadersOption unsaid = new AdapterReadersOption();

    @Option(
            names = "--adapter-slots",
            paramLabel = "N",
            description =
                    "Adapters that can be in memory, and answer, at the same time (default: as many as there are at the start, 8 to 32).")
    Optional<Integer> slots = Optional.empty();

    @Option(
            names = "--adapter-rank",
            paramLabel = "N",
            description =
                    "The highest rank of an adapter (default: the highest of those at the start, at least 16).")
    Optional<Integer> rank = Optional.empty();

    @Option(
            names = "--max-answer-tokens",
            paramLabel = "N",
            description =
                    "The longest answer where a client names no limit (default: ${DEFAULT-VALUE}).")
    int answerTokens = 256;

    /// Whether adapters come by jobs as well; said by the command.
    boolean takesJobs;

    @Mixin UseOption use = new UseOption();

    /// @throws SartorException a user's error where the options need a model and there is none
    void check() {
        Problems.refuseUnless(
                answerTokens >= 1, "--max-answer-tokens", "at least 1", answerTokens, "256");
        unsaid.readers();
        if (unsaid.isGiven() && adapters.isEmpty() && folder.isEmpty()) {
            throw SartorException.user(
                    "--adapter-readers is about adapters: name some with --adapter or --adapters, or leave it out.");
        }
        if (model.isEmpty() && (!adapters.isEmpty() || folder.isPresent())) {
            throw SartorException.user(
                    "--adapter and --adapters need the model that they are for: name it with --model.");
        }
    }

    /// Where the adapters lie.
    ///
    /// @param base the model's own name in the API
    ServedAdapters.Places places(String base) {
        var named = new LinkedHashMap<String, Path>();
        for (var each : adapters) {
            int at = each.indexOf('=');
            var name = each.substring(0, Math.max(0, at));
            if (at < 1 || name.equals(base) || named.containsKey(name)) {
                throw SartorException.user(
                        "--adapter must be NAME=FOLDER, with a name that nothing else here has, got "
                                + each
                                + ".");
            }
            named.put(name, Path.of(each.substring(at + 1)));
        }
        return new ServedAdapters.Places(Map.copyOf(named), folder);
    }
}
