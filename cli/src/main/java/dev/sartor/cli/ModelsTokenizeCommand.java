package dev.sartor.cli;

import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.model.Encoding;
import dev.sartor.model.GgufFile;
import dev.sartor.model.Tokenizer;
import dev.sartor.model.WeightAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "tokenize",
        description = "Show the tokens that a model reads a text as.",
        footer = {
            "",
            "With --jsonl, each row is {\"text\": …} or a JSON string; the answer to each is one line of JSON.",
            "",
            "Example: sartor models tokenize smollm2-135m-instruct \"Where is my bike?\""
        })
final class ModelsTokenizeCommand implements Callable<Integer> {
    private final Composition composition;

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description =
                    "A model as for `sartor models pull`, a GGUF file, or a folder with tokenizer.json.")
    String model = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TEXT", description = "The text.")
    Optional<String> text = Optional.empty();

    @Option(names = "--jsonl", paramLabel = "FILE", description = "Texts, one a line.")
    Optional<Path> rows = Optional.empty();

    @Option(
            names = "--bare",
            description = "Leave out the tokens that the model expects around a text.")
    boolean bare;

    @Option(
            names = "--trusted",
            description =
                    "Read control tokens' strings, such as <|im_end|>, as these tokens; they are plain text otherwise.")
    boolean trusted;

    @Option(names = "--json", description = "Print it as JSON.")
    boolean json;

    @Mixin UseOption use = new UseOption();

    ModelsTokenizeCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        if (text.isPresent() == rows.isPresent()) {
            throw new ParameterException(spec.commandLine(), "either a TEXT or --jsonl is needed");
        }
        var texts =
                rows.map(ModelsTokenizeCommand::read).orElseGet(() -> List.of(text.orElseThrow()));
        var tokenizer = tokenizer();
        for (var each : texts) {
            var encoding =
                    trusted
                            ? tokenizer.encodeTrusted(each, !bare)
                            : tokenizer.encodeWithOffsets(each, !bare);
            composition
                    .console()
                    .print(
                            json || rows.isPresent()
                                    ? Json.line(json(each, encoding, tokenizer))
                                    : table(each, encoding, tokenizer));
        }
        return 0;
    }

    private Tokenizer tokenizer() {
        var path = Path.of(model);
        if (Files.isDirectory(path) && Files.exists(path.resolve("tokenizer.json"))) {
            return Tokenizer.open(path);
        }
        if (Files.isRegularFile(path) && model.endsWith(".gguf")) {
            return gguf(path);
        }
        var folder = composition.hub(use.use).pull(model, composition.console());
        return folder.filesEndingWith(".gguf").stream()
                .findFirst()
                .map(ModelsTokenizeCommand::gguf)
                .orElseGet(() -> Tokenizer.open(folder.folder()));
    }

    private static Tokenizer gguf(Path file) {
        try (var open = GgufFile.open(file, WeightAccess.COPIED)) {
            return Tokenizer.of(open.metadata());
        }
    }

    private static List<String> read(Path file) {
        var problems = new Problems();
        var texts = new ArrayList<String>();
        var lines = InputFile.text(file).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                var found = text(lines[i]);
                found.ifPresent(texts::add);
                if (found.isEmpty()) {
                    problems.add(
                            file + ":" + (i + 1),
                            "a row must be a JSON string or an object with a string 'text', and is not");
                }
            }
        }
        problems.throwIfAny();
        if (texts.isEmpty()) {
            throw SartorException.user(file + " must hold at least one row, and holds none");
        }
        return texts;
    }

    private static Optional<String> text(String line) {
        try {
            var row = Json.mapper().readTree(line);
            return Optional.of(row.isObject() ? row.path("text") : row)
                    .filter(JsonNode::isString)
                    .map(JsonNode::stringValue);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static String table(String text, Encoding encoding, Tokenizer tokenizer) {
        var table = new Table(">ID", "TOKEN", "TEXT");
        for (int i = 0; i < encoding.size(); i++) {
            var piece = text.substring(encoding.start(i), encoding.end(i));
            table.row(
                    encoding.id(i),
                    tokenizer.token(encoding.id(i)),
                    piece.isEmpty() ? "(added)" : Json.line(piece));
        }
        return table + "\n" + encoding.size() + " tokens";
    }

    /// Offsets count code points, as HF's tokenizers do.
    private static ObjectNode json(String text, Encoding encoding, Tokenizer tokenizer) {
        var json = Json.mapper().createObjectNode();
        var ids = json.putArray("ids");
        var tokens = json.putArray("tokens");
        var offsets = json.putArray("offsets");
        for (int i = 0; i < encoding.size(); i++) {
            ids.add(encoding.id(i));
            tokens.add(tokenizer.token(encoding.id(i)));
            offsets.addArray()
                    .add(text.codePointCount(0, encoding.start(i)))
                    .add(text.codePointCount(0, encoding.end(i)));
        }
        return json.put("decoded", tokenizer.decode(encoding.ids(), true));
    }
}
