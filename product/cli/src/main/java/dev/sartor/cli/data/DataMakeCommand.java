package dev.sartor.cli.data;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.AccessOptions;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.OpenProject;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.data.DocumentColumns;
import dev.sartor.documents.Document;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.source.DocumentSources;
import dev.sartor.project.Project;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.synthesis.CheckingReport;
import dev.sartor.synthesis.MakingReport;
import dev.sartor.synthesis.MakingRequest;
import dev.sartor.synthesis.ProjectMaking;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "make",
        description = {
            "Make questions with their answers from documents, and check each.",
            "",
            "A model is asked about one passage after the other. Kept pairs are in pairs.jsonl to train on, and in retrieval.jsonl with passages that do not answer; the others are in"
                    + " rejected.jsonl, each with its fault. Rows may be read by whoever may read their passage. A test set that"
                    + " holds such rows is refused. Started again, it goes on where it was stopped."
        },
        footer = {
            "",
            "Example: sartor data make --project helpdesk --count 300 --out made",
            "         sartor data make wiki --access access.yaml --model large --reader large --project helpdesk --out made",
            "         sartor data make --pairs theirs.jsonl --project helpdesk --out checked"
        })
final class DataMakeCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            paramLabel = "SOURCE",
            arity = "0..*",
            description =
                    "Documents, as `sartor index` takes them; nobody may read what no rule is about (default: the project's"
                            + " documents, which are for everyone).")
    List<Path> sources = List.of();

    @Mixin ProjectOption project = new ProjectOption();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "A new folder.")
    Path out = Path.of("");

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "How many pairs are wanted (default: ${DEFAULT-VALUE}).")
    int count = 300;

    @Option(
            names = "--tries",
            paramLabel = "N",
            description =
                    "How often a passage is asked about at most (default: four times --count).")
    int tries;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description =
                    "Makes the pairs: a model, or the name of a remote one, which is sent the passages (default: the project's model).")
    Optional<String> model = Optional.empty();

    @Option(
            names = "--reader",
            paramLabel = "MODEL",
            description =
                    "Answers each question itself: a pair is kept where it says the same with the passage, and not without. Wants a"
                            + " model that reads well (default: none).")
    Optional<String> reader = Optional.empty();

    @Option(
            names = "--least",
            paramLabel = "P",
            description =
                    "Probability of being right with which a pair is kept, 0 to 1 (default: ${DEFAULT-VALUE}).")
    double least = MakingRequest.USUAL_LEAST;

    @Option(
            names = "--paraphrases",
            paramLabel = "N",
            description =
                    "Put each kept question in other words so often (default: ${DEFAULT-VALUE}).")
    int paraphrases;

    @Option(
            names = "--negatives",
            paramLabel = "N",
            description =
                    "Passages for each question in retrieval.jsonl that do not answer it (default: ${DEFAULT-VALUE}).")
    int negatives = 1;

    @Mixin AccessOptions access = new AccessOptions();

    @Option(
            names = "--pairs",
            paramLabel = "FILE",
            description =
                    "Make none, and check these: JSONL with question, answer, document (its path) and quote (words of the passage)."
                            + " What was found is in checked.jsonl.")
    Optional<Path> pairs = Optional.empty();

    @Mixin SeedOption seed = new SeedOption();

    @Option(names = "--json", description = "Print what was done as JSON.")
    boolean json;

    DataMakeCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var request = new MakingRequest(count, tries, paraphrases, negatives, least, seed.seed);
        try (var open = OpenProject.open(project, composition)) {
            open.askForKeys();
            try (var interrupts = composition.interrupts()) {
                var making =
                        new ProjectMaking(open.project(), open.around(interrupts.cancellation()));
                Supplier<List<Document>> documents = () -> documents(open.project());
                if (pairs.isPresent()) {
                    print(making.check(documents, pairs.get(), least, reader, out));
                } else {
                    var asked =
                            new ProjectMaking.Asked(model.orElse(open.project().model()), reader);
                    print(making.make(documents, request, asked, out));
                }
            }
        }
        return 0;
    }

    private List<Document> documents(Project read) {
        var shelves =
                sources.isEmpty() ? read.documents().map(List::of).orElse(List.of()) : sources;
        if (shelves.isEmpty()) {
            throw SartorException.user(
                    "documents must be named: give a SOURCE, or set 'documents' in "
                            + Project.FILE
                            + ".");
        }
        shelves.stream()
                .filter(PersistentIndex::isAt)
                .findFirst()
                .ifPresent(index -> {
                    throw SartorException.user(
                            index
                                    + " is an index: name the documents that it was made of as SOURCE, with --access or --public.");
                });
        var policy = sources.isEmpty() ? AccessPolicy.everyone() : access.policy();
        var found = new ArrayList<Document>();
        var console = composition.console();
        var opened =
                new DocumentSources(
                        List.of(), DocumentColumns.usual(), policy, ParseLimits.usual());
        try (var source = opened.open(shelves)) {
            var listed = source.list();
            try (var step = console.begin("reading documents", listed.size(), "documents")) {
                for (var reading : source.read(listed, step)) {
                    reading.document().ifPresent(found::add);
                    if (reading.document().isEmpty()) {
                        console.say(reading.listed().path() + " is left out: " + reading.failure());
                    }
                }
            }
            source.unusedRules().forEach(console::say);
        }
        return found;
    }

    private void print(MakingReport report) {
        composition.console().print(json ? Json.pretty(report) : text(report));
    }

    private void print(CheckingReport report) {
        composition.console().print(json ? Json.pretty(report) : text(report));
    }

    private String text(MakingReport report) {
        var text = new StringBuilder(faults(report.tries(), report.kept(), report.rejected()));
        report.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        if (report.price() > 0) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%,d tokens, %.4f by the remote's prices.%n",
                            report.tokens(),
                            report.price()));
        }
        return text.append(
                        String.format(
                                Locale.ROOT,
                                "%,d pairs and %,d paraphrases of %,d documents in %s.",
                                report.kept(),
                                report.paraphrases(),
                                report.documents(),
                                out))
                .toString();
    }

    private String text(CheckingReport report) {
        return faults(report.pairs(), report.kept(), report.rejected())
                + String.format(
                        Locale.ROOT,
                        "%,d of %,d pairs are kept: %s.",
                        report.kept(),
                        report.pairs(),
                        out);
    }

    private static String faults(int of, int kept, Map<String, Integer> rejected) {
        var table = new Table("BECAME", ">PAIRS", ">SHARE");
        row(table, "kept", kept, of);
        rejected.forEach((fault, pairs) -> row(table, fault, pairs, of));
        return table + "\n\n";
    }

    private static void row(Table table, String what, int pairs, int of) {
        table.row(
                what,
                String.format(Locale.ROOT, "%,d", pairs),
                String.format(Locale.ROOT, "%.1f %%", of == 0 ? 0.0 : 100.0 * pairs / of));
    }
}
