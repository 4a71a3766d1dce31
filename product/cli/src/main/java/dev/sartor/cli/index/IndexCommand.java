package dev.sartor.cli.index;

import dev.sartor.cli.option.AccessOptions;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.UseOption;
import dev.sartor.core.Json;
import dev.sartor.data.DocumentColumns;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.source.DocumentSources;
import dev.sartor.retrieve.ChunkSettings;
import dev.sartor.retrieve.index.Embedding;
import dev.sartor.retrieve.index.HubEmbedders;
import dev.sartor.retrieve.index.IndexReport;
import dev.sartor.retrieve.index.IndexStorage;
import dev.sartor.retrieve.index.Indexer;
import dev.sartor.retrieve.search.IndexSettings;
import dev.sartor.retrieve.search.VectorForm;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.sources.RemoteSources;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "index",
        customSynopsis = {
            "sartor index SOURCE... --out INDEX [OPTIONS]",
            "sartor index stats INDEX",
            "sartor index show INDEX DOCUMENT",
            "sartor index forget INDEX DOCUMENT..."
        },
        description = {
            "Make documents searchable, and keep up with them.",
            "",
            "Sources are folders, BEIR corpora, and JSONL, JSON, CSV or Parquet files whose rows are documents; and addresses"
                    + " of Git repositories, S3 buckets, sitemaps, WebDAV collections and mailboxes, or files"
                    + " NAME.source.yaml that say more of one, such as a database's query. The next run reads only"
                    + " what is new or has changed. Nobody may read a document that no access rule is about,"
                    + " unless the index is public."
        },
        footer = {
            "",
            "Example: sartor index docs --out shelf --public",
            "         sartor index drive wiki.jsonl --out shelf --access access.yaml --watch",
            "         sartor index handbuch --out shelf --public --language german",
            "         sartor index corpus.jsonl --out shelf --public --vectors int8",
            "         sartor index git+https://example.com/wiki.git#main wiki.source.yaml --out shelf --public",
            "         sartor index stats shelf",
            "         sartor index show shelf policies/cancellation.md",
            "         sartor index forget shelf people/jane.md"
        })
public final class IndexCommand implements Callable<Integer> {
    /// Stands for no embedder at all.
    private static final String NONE = "none";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Composition composition;

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SOURCE", arity = "0..*", description = "Where the documents are.")
    List<String> sources = List.of();

    @Option(
            names = "--out",
            paramLabel = "INDEX",
            description =
                    "The index's folder, made where there is none, or postgresql://HOST/DATABASE.")
    Optional<String> index = Optional.empty();

    @Option(
            names = "--embedder",
            paramLabel = "MODEL",
            description =
                    "Finds by meaning; none for words alone (default: the index's own, else all-minilm-l6-v2)."
                            + " Another one is built beside the index and takes its place when it is whole.")
    Optional<String> embedder = Optional.empty();

    @Mixin AccessOptions access = new AccessOptions();

    @Option(
            names = "--include",
            paramLabel = "GLOB",
            description = "Of folders, only paths that fit, such as \"**/*.md\"; may be repeated.")
    List<String> included = List.of();

    @Option(
            names = "--allow-private",
            paramLabel = "HOST",
            description =
                    "A host on the private network that a remote source may be asked from; may be repeated.")
    List<String> privateHosts = List.of();

    @Option(names = "--id-column", paramLabel = "NAME", description = "Of rows (_id or id).")
    Optional<String> idColumn = Optional.empty();

    @Option(names = "--title-column", paramLabel = "NAME", description = "Of rows (title).")
    Optional<String> titleColumn = Optional.empty();

    @Option(names = "--text-column", paramLabel = "NAME", description = "Of rows (text).")
    Optional<String> textColumn = Optional.empty();

    @Option(
            names = "--chunk-tokens",
            paramLabel = "N",
            description = "The longest passage (default: the index's own, else 160).")
    Optional<Integer> chunkTokens = Optional.empty();

    @Option(
            names = "--overlap-tokens",
            paramLabel = "N",
            description =
                    "What neighbouring passages share at most (default: the index's own, else 20).")
    Optional<Integer> overlapTokens = Optional.empty();

    @Option(
            names = "--language",
            paramLabel = "LANGUAGE",
            description =
                    "How words are compared: auto tells each passage's language and folds the forms of its words;"
                            + " english, german and so on do so for all passages; any compares words as they"
                            + " are (default: the index's own, else auto).")
    Optional<Analysis> language = Optional.empty();

    @Option(
            names = "--vectors",
            paramLabel = "FORM",
            description =
                    "fp32, int8 or binary: what is read of each vector while many are searched (default: the"
                            + " index's own, else fp32). fp32 is kept beside it and decides in the end.")
    Optional<VectorForm> vectors = Optional.empty();

    @Option(
            names = "--rehash",
            description = "Look at every file's content, also where size and time are as before.")
    boolean rehash;

    @Option(names = "--watch", description = "Go on following the sources until Ctrl-C.")
    boolean watch;

    @Option(names = "--json", description = "Print what was done as JSON, a line for each run.")
    boolean json;

    @Mixin UseOption use = new UseOption();

    private IndexCommand(Composition composition) {
        this.composition = composition;
    }

    public static CommandLine line(Composition composition) {
        return new CommandLine(new IndexCommand(composition))
                .addSubcommand(new IndexStatsCommand(composition))
                .addSubcommand(new IndexShowCommand(composition))
                .addSubcommand(new IndexForgetCommand(composition));
    }

    @Override
    public Integer call() {
        if (sources.isEmpty() || index.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "name the sources, and the index with --out");
        }
        var out = IndexStorage.at(index.get());
        var target = new IndexTarget(index.get());
        target.check(
                sources.stream()
                        .filter(each -> !RemoteSources.isRemote(each))
                        .map(Path::of)
                        .toList());
        var before = out.madeWith();
        var shelves =
                new RemoteSources(
                        new DocumentSources(
                                included, columns(), access.policy(), ParseLimits.usual()),
                        target.fetched(composition.surroundings().cache()),
                        privateHosts,
                        variable -> Optional.ofNullable(System.getenv(variable)),
                        Clock.systemUTC());
        var name =
                embedder.or(() -> before.map(with -> with.hasVectors() ? with.embedder() : NONE))
                        .orElse("all-minilm-l6-v2");
        try (var interrupts = composition.interrupts();
                var shelf = shelves.open(sources);
                var indexer =
                        Indexer.open(
                                out,
                                embedding(name),
                                settings(before.map(with -> with.settings())),
                                Clock.systemUTC())) {
            show(indexer.run(shelf, rehash, composition.console(), interrupts.cancellation()));
            if (watch) {
                indexer.follow(
                        shelf,
                        BETWEEN_LOOKS,
                        composition.console(),
                        interrupts.cancellation(),
                        this::show);
            }
        }
        return 0;
    }

    private Embedding embedding(String name) {
        return name.equals(NONE)
                ? Embedding.none()
                : new HubEmbedders(composition.hub(use.use), composition.console()).embedding(name);
    }

    private IndexSettings settings(Optional<IndexSettings> before) {
        var usual = before.orElseGet(IndexSettings::usual);
        return new IndexSettings(
                new ChunkSettings(
                        chunkTokens.orElse(usual.chunks().tokens()),
                        overlapTokens.orElse(usual.chunks().overlap())),
                language.orElse(usual.analysis()),
                vectors.orElse(usual.vectors()));
    }

    private DocumentColumns columns() {
        var usual = DocumentColumns.usual();
        return new DocumentColumns(
                idColumn.map(List::of).orElse(usual.id()),
                titleColumn.map(List::of).orElse(usual.title()),
                textColumn.map(List::of).orElse(usual.text()));
    }

    private void show(IndexReport report) {
        var console = composition.console();
        console.print(json ? json(report) : String.join("\n", report.lines()));
    }

    private static String json(IndexReport report) {
        var counts = report.counts();
        var line =
                Json.mapper()
                        .createObjectNode()
                        .put("unchanged", counts.unchanged())
                        .put("added", counts.added())
                        .put("changed", counts.changed())
                        .put("moved", counts.moved())
                        .put("removed", counts.removed())
                        .put("other_readers", counts.relabelled())
                        .put("passages_embedded", report.embedded())
                        .put("vectors_kept", report.reused())
                        .put("language_not_told", report.plain())
                        .put("look_like_instructions", report.suspicious())
                        .put("forgotten", report.forgotten())
                        .put("documents", report.readers().documents())
                        .put("for_everyone", report.readers().everyone())
                        .put("for_nobody", report.readers().nobody())
                        .put("generation", report.generation())
                        .put("reading_seconds", report.reading().toMillis() / 1000.0)
                        .put("seconds", report.took().toMillis() / 1000.0);
        report.readers().next().ifPresent(next -> line.put("next", next));
        var unused = line.putArray("rules_without_documents");
        report.unusedRules().forEach(unused::add);
        var failed = line.putArray("left_out");
        for (var file : report.failed()) {
            failed.addObject().put("document", file.path()).put("reason", file.reason());
        }
        return line.toString();
    }
}
