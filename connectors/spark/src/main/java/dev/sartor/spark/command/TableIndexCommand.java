package dev.sartor.spark.command;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.UseOption;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.model.Precision;
import dev.sartor.retrieve.ChunkSettings;
import dev.sartor.retrieve.index.IndexStorage;
import dev.sartor.retrieve.search.IndexSettings;
import dev.sartor.retrieve.search.VectorForm;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.spark.IndexColumns;
import dev.sartor.spark.IndexTable;
import dev.sartor.spark.UsedModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "index",
        description = {
            "Make an index of a table whose rows are documents, for `sartor search` and `sartor serve`.",
            "",
            "Each task writes a part, and the parts become one index: its folder must be one that all machines see under the"
                    + " same path. What it held before is searched until the new one is whole. Nobody may read a document"
                    + " without readers, unless the index is public."
        },
        footer = {
            "",
            "Example: sartor table index --spark local[4] corpus.parquet --out shelf --public",
            "         sartor table index --spark local[4] corpus.parquet --out shelf --readers-column readers"
        })
final class TableIndexCommand implements Callable<Integer> {
    /// Stands for no embedder at all.
    private static final String NONE = "none";

    private final Composition composition;

    @Parameters(paramLabel = "TABLE", arity = "1..*", description = "Files or folders of rows.")
    List<String> tables = List.of();

    @Option(
            names = "--out",
            paramLabel = "INDEX",
            required = true,
            description = "The index's folder; made where there is none.")
    Path out = Path.of("");

    @Option(
            names = "--embedder",
            paramLabel = "MODEL",
            description = "Finds by meaning; none for words alone (default: ${DEFAULT-VALUE}).")
    String embedder = "all-minilm-l6-v2";

    @Option(
            names = "--id-column",
            paramLabel = "NAME",
            description = "Names the document, each once (default: ${DEFAULT-VALUE}).")
    String id = "id";

    @Option(names = "--title-column", paramLabel = "NAME", description = "Its title.")
    String title = "";

    @Option(
            names = "--text-column",
            paramLabel = "NAME",
            description = "Its text (default: ${DEFAULT-VALUE}).")
    String text = "text";

    @Option(
            names = "--readers-column",
            paramLabel = "NAME",
            description = "Lists who may read it, such as group:sales.")
    String readers = "";

    @Option(names = "--public", description = "Everyone may read all.")
    boolean isPublic;

    @Option(
            names = "--chunk-tokens",
            paramLabel = "N",
            description = "The longest passage (default: ${DEFAULT-VALUE}).")
    int chunkTokens = ChunkSettings.usual().tokens();

    @Option(
            names = "--overlap-tokens",
            paramLabel = "N",
            description = "What neighbouring passages share at most (default: ${DEFAULT-VALUE}).")
    int overlapTokens = ChunkSettings.usual().overlap();

    @Option(
            names = "--language",
            paramLabel = "LANGUAGE",
            description =
                    "How words are compared, as of `sartor index` (default: ${DEFAULT-VALUE}).")
    Analysis language = Analysis.AUTO;

    @Option(
            names = "--vectors",
            paramLabel = "FORM",
            description = "fp32, int8 or binary (default: ${DEFAULT-VALUE}).")
    VectorForm vectors = VectorForm.FP32;

    @Option(names = "--json", description = "Print what was done as JSON.")
    boolean json;

    @Mixin TableFiles files = new TableFiles();

    @Mixin UseOption use = new UseOption();

    @Mixin SparkOptions spark = new SparkOptions();

    TableIndexCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        if (isPublic && !readers.isEmpty()) {
            throw SartorException.user(
                    "--public lets everyone read all, and --readers-column says who may: give one of the two.");
        }
        IndexStorage.at(out).refuseAnother();
        var console = composition.console();
        var model = new UsedModel(embedder.equals(NONE) ? "" : embedder, Precision.BF16, use.use);
        var settings =
                new IndexSettings(new ChunkSettings(chunkTokens, overlapTokens), language, vectors);
        var columns = new IndexColumns(id, title, text, readers, isPublic);
        var made =
                TableWork.in(
                        () -> spark.open("index", console),
                        session ->
                                new IndexTable(columns, model, settings)
                                        .write(files.read(session, tables), out, console));
        console.print(json ? json(made) : text(made));
        return 0;
    }

    private static String text(IndexTable.Made made) {
        var lines = String.join("\n", made.report().lines());
        return made.leftOut() == 0
                ? lines
                : lines
                        + String.format(
                                Locale.ROOT,
                                "\n%,d rows without text were left out",
                                made.leftOut());
    }

    private static String json(IndexTable.Made made) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("added", made.report().counts().added());
        fields.put("without_text", made.leftOut());
        fields.put("passages_embedded", made.report().embedded());
        fields.put("vectors_kept", made.report().reused());
        fields.put("documents", made.report().readers().documents());
        fields.put("for_everyone", made.report().readers().everyone());
        fields.put("for_nobody", made.report().readers().nobody());
        fields.put("generation", made.report().generation());
        fields.put("seconds", made.report().took().toMillis() / 1000.0);
        return Json.line(fields);
    }
}
