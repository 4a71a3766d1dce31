package dev.sartor.retrieve;

import dev.sartor.core.AtomicFile;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.tika.exception.TikaConfigException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.html.HtmlMapper;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.ocr.TesseractOCRConfig;
import org.apache.tika.parser.pdf.PDFParserConfig;
import org.apache.tika.pipes.FailedToStartClientException;
import org.apache.tika.pipes.FetchEmitTuple;
import org.apache.tika.pipes.HandlerConfig;
import org.apache.tika.pipes.PipesConfig;
import org.apache.tika.pipes.PipesException;
import org.apache.tika.pipes.PipesParser;
import org.apache.tika.pipes.PipesResult;
import org.apache.tika.pipes.emitter.EmitKey;
import org.apache.tika.pipes.fetcher.FetchKey;
import org.apache.tika.sax.BasicContentHandlerFactory;

/// JVMs beside this one, in which Tika reads what others wrote: a damaged or hostile file can cost a worker its time or
/// its heap, never this process its life. A worker starts with its first file (about 0.6 s) and is replaced when it dies.
/// Safe for concurrent callers.
final class TikaWorkers implements AutoCloseable {
    /// Longer texts are refused, not cut: 20 million characters are some 7,000 pages.
    private static final int MOST_CHARACTERS = 20_000_000;

    /// Tika logs what a {@link ParseReport} says; held here, as a logger's level is lost with the logger.
    private static final Logger TIKA_LOG = Logger.getLogger("org.apache.tika.pipes");

    private static final String FETCHER = "files";

    private final PipesParser parser;
    private final Path folder;
    private final ParseLimits limits;

    private TikaWorkers(PipesParser parser, Path folder, ParseLimits limits) {
        this.parser = parser;
        this.folder = folder;
        this.limits = limits;
    }

    /// What a worker made of a file.
    sealed interface Outcome {
        record Xhtml(String text) implements Outcome {}

        record Failure(String reason) implements Outcome {}
    }

    static TikaWorkers prepare(ParseLimits limits, int workers) {
        TIKA_LOG.setLevel(Level.OFF);
        try {
            var folder = Files.createTempDirectory("sartor-parse-");
            var config = folder.resolve("tika.xml");
            var logging = folder.resolve("logging.properties");
            AtomicFile.write(
                    config,
                    """
                    <?xml version="1.0" encoding="UTF-8"?>
                    <properties>
                      <fetchers>
                        <fetcher class="org.apache.tika.pipes.fetcher.fs.FileSystemFetcher">
                          <name>%s</name>
                          <allowAbsolutePaths>true</allowAbsolutePaths>
                        </fetcher>
                      </fetchers>
                      <pipes><params><numClients>%d</numClients></params></pipes>
                    </properties>
                    """
                            .formatted(FETCHER, workers));
            AtomicFile.write(logging, "handlers=\n.level=OFF\n");
            var pipes = PipesConfig.load(config);
            pipes.setTikaConfig(config);
            pipes.setNumClients(workers);
            pipes.setJavaPath(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            pipes.setForkedJvmArgs(jvmArguments(limits, folder, logging));
            pipes.setTimeoutMillis(limits.time().toMillis());
            pipes.setMaxFilesProcessedPerProcess(limits.filesPerWorker());
            pipes.setMaxForEmitBatchBytes(-1);
            return new TikaWorkers(new PipesParser(pipes), folder, limits);
        } catch (IOException | TikaConfigException e) {
            throw SartorException.missing(
                    "cannot prepare the document parser: "
                            + e.getMessage()
                            + ". Check that the folder for temporary files can be written.",
                    e);
        }
    }

    /// The worker speaks through its standard output: nothing else may print there.
    private static List<String> jvmArguments(ParseLimits limits, Path folder, Path logging) {
        return List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx" + limits.heapMib() + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + folder,
                "-Dpdfbox.fontcache=" + System.getProperty("java.io.tmpdir"),
                "-Djava.util.logging.config.file=" + logging,
                "-Dslf4j.internal.verbosity=ERROR",
                "-Dlog4j2.StatusLogger.level=OFF",
                "-Dlog4j.provider=org.apache.logging.log4j.simple.internal.SimpleProvider");
    }

    Outcome parse(Path file) {
        var key = file.toAbsolutePath().toString();
        try {
            var result =
                    parser.parse(
                            new FetchEmitTuple(
                                    key,
                                    new FetchKey(FETCHER, key),
                                    new EmitKey("", key),
                                    new Metadata(),
                                    context()));
            return outcome(result);
        } catch (FailedToStartClientException | PipesException | IOException e) {
            throw SartorException.missing(
                    "cannot start the JVM that reads documents ("
                            + limits.heapMib()
                            + " MiB): "
                            + e.getMessage()
                            + ". Free some memory, or leave only Markdown and plain text in the"
                            + " documents folder.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SartorException.missing("reading " + file + " was interrupted", e);
        }
    }

    private static ParseContext context() {
        var pdf = new PDFParserConfig();
        pdf.setOcrStrategy(PDFParserConfig.OCR_STRATEGY.NO_OCR);
        pdf.setExtractBookmarksText(false);
        var ocr = new TesseractOCRConfig();
        ocr.setSkipOcr(true);
        var office = new OfficeParserConfig();
        office.setIncludeHeadersAndFooters(false);
        var context = new ParseContext();
        context.set(PDFParserConfig.class, pdf);
        context.set(TesseractOCRConfig.class, ocr);
        context.set(OfficeParserConfig.class, office);
        context.set(HtmlMapper.class, new ContentHtmlMapper());
        context.set(
                HandlerConfig.class,
                new HandlerConfig(
                        BasicContentHandlerFactory.HANDLER_TYPE.XML,
                        HandlerConfig.PARSE_MODE.CONCATENATE,
                        MOST_CHARACTERS,
                        -1,
                        true));
        return context;
    }

    private Outcome outcome(PipesResult result) {
        return switch (result.getStatus()) {
            case PARSE_SUCCESS, EMPTY_OUTPUT -> new Outcome.Xhtml(text(result));
            case TIMEOUT ->
                    new Outcome.Failure(
                            "not read within "
                                    + limits.time().toMillis() / 1000.0
                                    + " s; split the file or raise the time limit");
            case OOM ->
                    new Outcome.Failure(
                            "needs more than "
                                    + limits.heapMib()
                                    + " MiB to read; split the file or raise the heap limit");
            case UNSPECIFIED_CRASH ->
                    new Outcome.Failure(
                            "the parser ended while reading it, perhaps for want of memory ("
                                    + limits.heapMib()
                                    + " MiB); split the file or raise the heap limit");
            default -> new Outcome.Failure(reason(result));
        };
    }

    private static String text(PipesResult result) {
        var data = result.getEmitData();
        if (data == null || data.getMetadataList().isEmpty()) {
            return "";
        }
        var text = data.getMetadataList().getFirst().get(TikaCoreProperties.TIKA_CONTENT);
        return text == null ? "" : text;
    }

    /// The last cause in Tika's stack trace is the one that says what is wrong with the file.
    private static String reason(PipesResult result) {
        var message = result.getMessage() == null ? "" : result.getMessage();
        if (message.contains("EncryptedDocumentException")) {
            return "protected by a password; save it without one";
        }
        if (message.contains("WriteLimitReachedException")) {
            return "longer than " + MOST_CHARACTERS + " characters; split the file";
        }
        if (message.contains("ZeroByteFileException")) {
            return "empty";
        }
        var first = message.lines().findFirst().orElse(result.getStatus().toString());
        var cause =
                message.lines()
                        .filter(line -> line.startsWith("Caused by: "))
                        .reduce((a, b) -> b)
                        .map(line -> line.substring("Caused by: ".length()))
                        .orElse(first);
        return "damaged, or not what its name says ("
                + cause.replaceFirst("^[\\w.$]+\\.", "")
                + "); repair or remove it";
    }

    @Override
    public void close() {
        try {
            parser.close();
            Folders.delete(folder);
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(TikaWorkers.class).warn("left behind: {}", folder, e);
        }
    }
}
