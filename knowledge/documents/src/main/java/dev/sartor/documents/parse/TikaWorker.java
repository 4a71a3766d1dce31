package dev.sartor.documents.parse;

import dev.sartor.core.SartorException;
import dev.sartor.documents.ParseLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.tika.config.TikaTaskTimeout;
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

/// One JVM that reads one file at a time, and its successors: Tika starts another when it dies, this class after so many
/// files (Tika 3.3.1 has a setting for that, but never counts). Not thread-safe.
public final class TikaWorker {
    /// Longer texts are refused, not cut: 20 million characters are some 7,000 pages.
    public static final int MOST_CHARACTERS = 20_000_000;

    public static final String TOO_LONG =
            "longer than " + MOST_CHARACTERS + " characters; split the file";

    private static final String BOMB = "Suspected zip bomb";

    private static final int MOST_OF_A_REASON = 200;

    private static final String FETCHER = "files";

    /// Tika's own configuration: files are named by their absolute paths.
    static final String CONFIGURATION =
            String.format(
                    Locale.ROOT,
                    """
                    <?xml version="1.0" encoding="UTF-8"?>
                    <properties>
                      <fetchers>
                        <fetcher class="org.apache.tika.pipes.fetcher.fs.FileSystemFetcher">
                          <name>%s</name>
                          <allowAbsolutePaths>true</allowAbsolutePaths>
                        </fetcher>
                      </fetchers>
                      <pipes><params><numClients>1</numClients></params></pipes>
                    </properties>
                    """,
                    FETCHER);

    private final PipesConfig config;
    private final ParseLimits limits;
    private PipesParser parser;
    private int filesRead;

    TikaWorker(PipesConfig config, ParseLimits limits) {
        this.config = config;
        this.limits = limits;
        this.parser = new PipesParser(config);
    }

    /// What a worker made of a file.
    public sealed interface Outcome {
        record Xhtml(String text) implements Outcome {}

        record Failure(String reason) implements Outcome {}
    }

    Outcome parse(Path file, Optional<String> languages) throws InterruptedException {
        var key = file.toAbsolutePath().toString();
        try {
            if (filesRead == limits.filesPerWorker()) {
                parser.close();
                parser = new PipesParser(config);
                filesRead = 0;
            }
            filesRead++;
            return outcome(
                    parser.parse(
                            new FetchEmitTuple(
                                    key,
                                    new FetchKey(FETCHER, key),
                                    new EmitKey("", key),
                                    new Metadata(),
                                    context(languages))),
                    limits.time(languages.isPresent()));
        } catch (FailedToStartClientException | PipesException | IOException e) {
            throw SartorException.missing(
                    "cannot start the JVM that reads documents ("
                            + limits.heapMib()
                            + " MiB): "
                            + e.getMessage()
                            + ". Free some memory, or leave only Markdown and plain text in the"
                            + " documents folder.",
                    e);
        }
    }

    private ParseContext context(Optional<String> languages) {
        var pdf = new PDFParserConfig();
        pdf.setOcrStrategy(
                languages.isPresent()
                        ? PDFParserConfig.OCR_STRATEGY.AUTO
                        : PDFParserConfig.OCR_STRATEGY.NO_OCR);
        pdf.setExtractBookmarksText(false);
        var ocr = new TesseractOCRConfig();
        ocr.setSkipOcr(languages.isEmpty());
        languages.ifPresent(ocr::setLanguage);
        var office = new OfficeParserConfig();
        office.setIncludeHeadersAndFooters(false);
        var context = new ParseContext();
        context.set(PDFParserConfig.class, pdf);
        context.set(TesseractOCRConfig.class, ocr);
        context.set(OfficeParserConfig.class, office);
        context.set(
                TikaTaskTimeout.class,
                new TikaTaskTimeout(limits.time(languages.isPresent()).toMillis()));
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

    private Outcome outcome(PipesResult result, Duration time) {
        return switch (result.getStatus()) {
            case PARSE_SUCCESS, EMPTY_OUTPUT -> new Outcome.Xhtml(text(result));
            case TIMEOUT -> new Outcome.Failure(ParseLimits.tooSlow(time));
            case OOM ->
                    new Outcome.Failure(
                            "needs more than " + limits.heapMib() + " MiB to read; split the file");
            case UNSPECIFIED_CRASH ->
                    new Outcome.Failure(
                            "the parser ended while reading it, perhaps for want of memory ("
                                    + limits.heapMib()
                                    + " MiB); split the file");
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
            return TOO_LONG;
        }
        if (message.contains("ZeroByteFileException")) {
            return "empty";
        }
        if (message.contains(BOMB) || within(result).contains(BOMB)) {
            return "unpacks or nests like a zip bomb; save it anew, or remove it";
        }
        var first = message.lines().findFirst().orElse(result.getStatus().toString());
        var cause =
                message.lines()
                        .filter(line -> line.startsWith("Caused by: "))
                        .reduce((a, b) -> b)
                        .map(line -> line.substring("Caused by: ".length()))
                        .orElse(first);
        var why = cause.replaceFirst("^[\\w.$]+\\.", "");
        return "damaged, or not what its name says ("
                + (why.length() > MOST_OF_A_REASON ? why.substring(0, MOST_OF_A_REASON) + "…" : why)
                + "); repair or remove it";
    }

    /// What went wrong with files that it holds. Tika goes on behind one that unpacks like a zip bomb and then fails for the
    /// elements that were left open.
    private static String within(PipesResult result) {
        var data = result.getEmitData();
        return data == null || data.getMetadataList().isEmpty()
                ? ""
                : String.join(
                        "\n",
                        data.getMetadataList()
                                .getFirst()
                                .getValues(TikaCoreProperties.EMBEDDED_EXCEPTION));
    }

    void close() throws IOException {
        parser.close();
    }
}
