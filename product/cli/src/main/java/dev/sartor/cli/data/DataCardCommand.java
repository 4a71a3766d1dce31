package dev.sartor.cli.data;

import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.Split;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.curate.CardMaking;
import dev.sartor.retrieve.text.LanguageDetection;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "card",
        description = {
            "Write the card of a data set: what a program can say of it, and what people must.",
            "",
            "Markdown with a hub's front matter, and a page of HTML beside it. The questions are those of Datasheets for Datasets"
                    + " (Gebru et al. 2021) that no program answers; answers are a JSON object by the questions' keys, which --json"
                    + " lists."
        },
        footer = {
            "",
            "Example: sartor data card train.jsonl --test test.jsonl --name \"help desk routing\" --out card.md",
            "         sartor data card cleaned/rows/train.jsonl --recipe cleaned/recipe.json --answers answers.json --out card.md"
        })
final class DataCardCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(paramLabel = "TRAIN", description = "The training rows.")
    Path train = Path.of("");

    @Option(names = "--validation", paramLabel = "FILE", description = "The validation rows.")
    Optional<Path> validation = Optional.empty();

    @Option(names = "--test", paramLabel = "FILE", description = "The test rows.")
    Optional<Path> test = Optional.empty();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the data set is called (default: the file's name).")
    Optional<String> name = Optional.empty();

    @Option(
            names = "--licence",
            paramLabel = "SPDX",
            description = "The licence of the data, such as CC-BY-4.0.")
    Optional<String> licence = Optional.empty();

    @Option(
            names = "--recipe",
            paramLabel = "FILE",
            description = "The recipe.json of the cleaning that made the rows.")
    Optional<Path> recipe = Optional.empty();

    @Option(
            names = "--answers",
            paramLabel = "FILE",
            description = "Answers to the questions: a JSON object by their keys.")
    Optional<Path> answers = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "The card in Markdown; the page stands beside it (default: ${DEFAULT-VALUE}).")
    Path out = Path.of("card.md");

    @Option(
            names = "--json",
            description = "Also print the questions without an answer, by key, as JSON.")
    boolean json;

    @Mixin ColumnOptions columns = new ColumnOptions();

    DataCardCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var console = composition.console();
        try (var work = RowWork.open(composition, columns)) {
            var made =
                    new CardMaking(
                                    work.source(),
                                    text ->
                                            LanguageDetection.of(text)
                                                    .map(each ->
                                                            each.name().toLowerCase(Locale.ROOT)))
                            .make(
                                    new CardMaking.Request(
                                            name.orElse(String.valueOf(train.getFileName())),
                                            licence,
                                            files(),
                                            recipe,
                                            answers));
            AtomicFile.write(out, made.markdown());
            var page = out.resolveSibling(stem() + ".html");
            AtomicFile.write(page, made.html());
            console.print(
                    json
                            ? Json.pretty(made.unanswered())
                            : "The card: "
                                    + out
                                    + ", as a page: "
                                    + page
                                    + ". "
                                    + made.unanswered().size()
                                    + " questions wait for an answer; --json lists them by key.");
        }
        return 0;
    }

    private Map<Split, Path> files() {
        var files = new EnumMap<Split, Path>(Split.class);
        files.put(Split.TRAIN, train);
        validation.ifPresent(file -> files.put(Split.VALIDATION, file));
        test.ifPresent(file -> files.put(Split.TEST, file));
        return files;
    }

    private String stem() {
        var file = String.valueOf(out.getFileName());
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }
}
