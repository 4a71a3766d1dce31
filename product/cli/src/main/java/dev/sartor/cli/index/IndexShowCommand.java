package dev.sartor.cli.index;

import dev.sartor.cli.option.AskerOptions;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import dev.sartor.retrieve.index.IndexStorage;
import dev.sartor.retrieve.index.PersistentIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "show",
        description = {
            "A document's passages and who may see them, for whoever keeps the index.",
            "With --as or --groups: what that user sees of it."
        },
        footer = {
            "",
            "Example: sartor index show shelf policies/cancellation.md",
            "         sartor index show shelf --all --json",
            "         sartor index show shelf policies/cancellation.md --as ann --groups sales"
        })
public final class IndexShowCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(index = "0", paramLabel = "INDEX", description = "The index's folder or address.")
    String index = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DOCUMENT",
            description = "The document's path.")
    Optional<String> document = Optional.empty();

    @Option(names = "--all", description = "Show every document, with --json a line for each.")
    boolean all;

    @Option(names = "--vectors", description = "With the passages' vectors, in JSON.")
    boolean vectors;

    @Option(names = "--json", description = "Print it as JSON.")
    boolean json;

    @Mixin AskerOptions asker = new AskerOptions();

    IndexShowCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        try (var open = PersistentIndex.unasked(IndexStorage.at(index))) {
            if (all) {
                asker.given()
                        .ifPresentOrElse(
                                who -> open.showAll(who, shown -> print(shown, true)),
                                () -> open.showAll(shown -> print(shown, true)));
            } else {
                print(wanted(open), false);
            }
        }
        return 0;
    }

    private PersistentIndex.Shown wanted(PersistentIndex open) {
        var path =
                document.orElseThrow(() ->
                        SartorException.user("name a document after the index, or give --all."));
        var who = asker.given();
        var documents = who.map(open::documents).orElseGet(open::documents);
        return who.map(each -> open.show(path, each))
                .orElseGet(() -> open.show(path))
                .orElseThrow(() ->
                        SartorException.user(
                                index
                                        + " holds no document "
                                        + path
                                        + "."
                                        + Nearest.hint(path, documents)));
    }

    private void print(PersistentIndex.Shown shown, boolean isLine) {
        var console = composition.console();
        if (json) {
            console.print(isLine ? Json.line(json(shown)) : Json.pretty(json(shown)));
        } else {
            console.print(String.join("\n", lines(shown)));
        }
    }

    private List<String> lines(PersistentIndex.Shown shown) {
        var lines = new ArrayList<String>();
        lines.add(shown.path() + (shown.title().isEmpty() ? "" : " – " + shown.title()));
        if (asker.given().isEmpty()) {
            lines.add("  readers  " + readers(shown.readers()));
        }
        shown.metadata()
                .fields()
                .forEach(
                        (name, values) -> lines.add("  " + name + "=" + String.join(", ", values)));
        if (!shown.failure().isEmpty()) {
            lines.add("  left out " + shown.failure());
        }
        for (var piece : shown.pieces()) {
            lines.add("");
            lines.add(
                    piece.id()
                            + (piece.pages().isKnown() ? ", " + piece.pages() : "")
                            + (piece.section().isEmpty() ? "" : " › " + piece.section()));
            lines.add(piece.text().indent(2).stripTrailing());
        }
        return lines;
    }

    /// Such as `group:sales or user:ben, and not user:ann`.
    public static String readers(Readers readers) {
        if (readers.isEveryone()) {
            return "everyone";
        }
        if (readers.clauses().stream().anyMatch(clause -> clause.isEmpty())) {
            return "nobody";
        }
        return readers.clauses().stream()
                .map(clause ->
                        clause.stream()
                                .sorted()
                                .map(name ->
                                        name.startsWith("!") ? "not " + name.substring(1) : name)
                                .collect(Collectors.joining(" or ")))
                .sorted()
                .collect(Collectors.joining(", and "));
    }

    private ObjectNode json(PersistentIndex.Shown shown) {
        var json =
                Json.mapper()
                        .createObjectNode()
                        .put("document", shown.path())
                        .put("title", shown.title());
        if (asker.given().isEmpty()) {
            json.put("readers", readers(shown.readers()));
        }
        json.put("left_out", shown.failure());
        json.set("metadata", Json.mapper().valueToTree(shown.metadata().fields()));
        var pieces = json.putArray("passages");
        for (var piece : shown.pieces()) {
            var each =
                    pieces.addObject()
                            .put("id", piece.id())
                            .put("section", piece.section())
                            .put("text", piece.text());
            piece.pages().into(each);
            if (!piece.language().isEmpty()) {
                each.put("language", piece.language());
            }
            if (vectors) {
                var vector = each.putArray("vector");
                piece.vector().forEach(vector::add);
            }
        }
        return json;
    }
}
