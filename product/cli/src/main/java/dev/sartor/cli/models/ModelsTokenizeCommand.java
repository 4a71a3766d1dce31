package dev.sartor.cli.models;

import dev.sartor.cli.console.CodePoints;
import dev.sartor.cli.console.Table;
import dev.sartor.cli.console.TextRows;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.OpenTokenizer;
import dev.sartor.cli.option.UseOption;
import dev.sartor.core.Json;
import dev.sartor.tokenizer.Encoding;
import dev.sartor.tokenizer.Tokenizer;
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
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "tokenize",
        description = "Show the tokens that a model reads a text as.",
        footer = {
            "",
            "With --jsonl, each row is {\"text\": …} or a JSON string; the answer to each is one line of JSON, and how many"
                    + " tokens the rows have is said at the end.",
            "",
            "Examples:",
            "  sartor models tokenize smollm2-135m-instruct \"Where is my bike?\"",
            "  sartor models tokenize smollm2-135m-instruct --special --trusted \"<|im_start|>user\"",
            "  sartor models tokenize smollm2-135m-instruct --jsonl train.jsonl --summary"
        })
final class ModelsTokenizeCommand implements Callable<Integer> {
    private final Composition composition;

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description =
                    "A model as for `sartor models pull`, a GGUF file, or a folder with a tokenizer.")
    String model = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TEXT", description = "The text.")
    Optional<String> text = Optional.empty();

    @Option(names = "--jsonl", paramLabel = "FILE", description = "Texts, one a line.")
    Optional<Path> rows = Optional.empty();

    @Option(
            names = "--summary",
            description = "With --jsonl, say only how many tokens the rows have.")
    boolean summary;

    @Option(
            names = "--special",
            description = "Say which tokens are special: added around the text, or control tokens.")
    boolean special;

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
        var texts = rows.map(TextRows::read).orElseGet(() -> List.of(text.orElseThrow()));
        var opened = OpenTokenizer.of(composition, model, use.use);
        var counts = new ArrayList<Integer>();
        for (var each : texts) {
            var encoding = encoding(each, opened.tokenizer());
            counts.add(encoding.size());
            if (!summary || rows.isEmpty()) {
                composition
                        .console()
                        .print(
                                json || rows.isPresent()
                                        ? Json.line(json(each, encoding, opened.tokenizer()))
                                        : table(each, encoding, opened.tokenizer()));
            }
        }
        if (rows.isPresent()) {
            say(new TokenCounts(counts, opened.context()));
        }
        return 0;
    }

    private Encoding encoding(String each, Tokenizer tokenizer) {
        return trusted
                ? tokenizer.encodeTrusted(each, !bare)
                : tokenizer.encodeWithOffsets(each, !bare);
    }

    /// Among the rows' lines of JSON a summary would be one too many.
    private void say(TokenCounts counts) {
        if (summary) {
            composition.console().print(json ? Json.line(counts.fields()) : counts.toString());
        } else {
            composition.console().say(counts.toString());
        }
    }

    private String table(String text, Encoding encoding, Tokenizer tokenizer) {
        var table =
                special
                        ? new Table(">ID", "TOKEN", "SPECIAL", "TEXT")
                        : new Table(">ID", "TOKEN", "TEXT");
        for (int i = 0; i < encoding.size(); i++) {
            int id = encoding.id(i);
            var piece = text.substring(encoding.start(i), encoding.end(i));
            var shown = piece.isEmpty() ? "(added)" : Json.line(piece);
            if (special) {
                table.row(id, tokenizer.token(id), tokenizer.isSpecial(id) ? "yes" : "", shown);
            } else {
                table.row(id, tokenizer.token(id), shown);
            }
        }
        return table + "\n" + encoding.size() + " tokens";
    }

    /// Offsets count code points, as HF's tokenizers do.
    private ObjectNode json(String text, Encoding encoding, Tokenizer tokenizer) {
        var json = Json.mapper().createObjectNode();
        var ids = json.putArray("ids");
        var tokens = json.putArray("tokens");
        var offsets = json.putArray("offsets");
        var points = new CodePoints(text);
        for (int i = 0; i < encoding.size(); i++) {
            ids.add(encoding.id(i));
            tokens.add(tokenizer.token(encoding.id(i)));
            offsets.addArray()
                    .add(points.before(encoding.start(i)))
                    .add(points.before(encoding.end(i)));
        }
        if (special) {
            var marks = json.putArray("special");
            ids.forEach(id -> marks.add(tokenizer.isSpecial(id.intValue())));
        }
        return json.put("count", encoding.size())
                .put("decoded", tokenizer.decode(encoding.ids(), true));
    }
}
