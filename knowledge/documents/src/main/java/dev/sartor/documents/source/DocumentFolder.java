package dev.sartor.documents.source;

import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.documents.HiddenText;
import dev.sartor.documents.Metadata;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.ParseReport;
import dev.sartor.documents.parse.Comments;
import dev.sartor.documents.parse.Deadline;
import dev.sartor.documents.parse.InvisibleCharacters;
import dev.sartor.documents.parse.Markdown;
import dev.sartor.documents.parse.PlainText;
import dev.sartor.documents.parse.TextRecognition;
import dev.sartor.documents.parse.TikaWorker;
import dev.sartor.documents.parse.TikaWorkers;
import dev.sartor.documents.parse.XhtmlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.xml.sax.SAXException;

/// A folder of documents, with its folders below. Markdown and plain text are read here, everything else by Tika in
/// JVMs of their own. Names that begin with a dot are not documents.
public final class DocumentFolder implements DocumentCollection {
    /// Counts changes to reading that make indexes of older readings stale.
    private static final String READING = "3";

    private static final Set<String> MARKDOWN = Set.of("md", "markdown");
    private static final Set<String> HTML = Set.of("html", "htm", "xhtml");
    private static final Set<String> TEXT = Set.of("txt", "text");

    private final Path folder;
    private final ParseLimits limits;
    private final TextRecognition recognition;

    public DocumentFolder(Path folder, ParseLimits limits) {
        this(folder, limits, TextRecognition.ofThisMachine());
    }

    public DocumentFolder(Path folder, ParseLimits limits, TextRecognition recognition) {
        this.folder = folder;
        this.limits = limits;
        this.recognition = recognition;
        if (!Files.isDirectory(folder)) {
            throw SartorException.user(
                    "documents: "
                            + folder
                            + " is not a folder. Make it, or name the folder with your documents.");
        }
    }

    /// What became of a file.
    record Read(Optional<Document> document, Optional<ParseReport.Unreadable> failure) {
        static Read of(Document document) {
            return new Read(Optional.of(document), Optional.empty());
        }

        static Read failed(String path, String reason) {
            return new Read(
                    Optional.empty(), Optional.of(new ParseReport.Unreadable(path, reason)));
        }
    }

    /// Changes when such a file would be read in another way.
    String reading(String path) {
        return READING + recognition.mark(path);
    }

    @Override
    public String digest() {
        var digest = Sha256.digest();
        for (var file : files()) {
            String content;
            try {
                content = Sha256.of(file);
            } catch (IOException e) {
                content = "unreadable";
            }
            digest.update(
                    (name(file) + "\0" + reading(name(file)) + "\0" + content + "\n")
                            .getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public Documents read(Progress progress) {
        var files = files();
        Map<String, Read> results;
        try (var step = progress.begin("reading documents", files.size(), "documents");
                var reading = new FileReading(this, limits)) {
            results = reading.read(files, step);
        }
        var documents = new ArrayList<Document>();
        var unreadable = new ArrayList<ParseReport.Unreadable>();
        for (var result : results.values()) {
            result.document().ifPresent(documents::add);
            result.failure().ifPresent(unreadable::add);
        }
        var hidden =
                documents.stream()
                        .map(Document::hidden)
                        .reduce(HiddenText.none(), HiddenText::plus);
        return new Documents(documents, new ParseReport(documents.size(), unreadable, hidden));
    }

    /// Without the day of a change: an index of the same contents stays the same.
    @Override
    public Metadata metadata(String path) {
        return Metadata.ofFile(path);
    }

    /// What became of some of the folder's files, by their paths.
    Map<String, Read> read(List<Path> files, Supplier<TikaWorkers> workers, Progress.Step step) {
        var results = new TreeMap<String, Read>();
        var others = new ArrayList<Path>();
        for (var file : files) {
            var ending = ending(file);
            if (MARKDOWN.contains(ending) || TEXT.contains(ending)) {
                results.put(name(file), readText(file, MARKDOWN.contains(ending)));
                step.advance(1);
            } else {
                others.add(file);
            }
        }
        if (!others.isEmpty()) {
            results.putAll(readInWorkers(others, workers.get(), step));
        }
        return results;
    }

    private List<Path> files() {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !name(file).startsWith(".") && !name(file).contains("/."))
                    .sorted((a, b) -> name(a).compareTo(name(b)))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw SartorException.missing(
                    "cannot list the documents in " + folder + ": " + e.getMessage(), e);
        }
    }

    private String name(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static String ending(Path file) {
        var name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private Read readText(Path file, boolean markdown) {
        var path = name(file);
        try {
            if (Files.size(file) > (long) TikaWorker.MOST_CHARACTERS * Integer.BYTES) {
                return Read.failed(path, TikaWorker.TOO_LONG);
            }
            var text = PlainText.decode(Files.readAllBytes(file));
            if (text.length() > TikaWorker.MOST_CHARACTERS) {
                return Read.failed(path, TikaWorker.TOO_LONG);
            }
            var document =
                    markdown
                            ? Markdown.read(
                                    path, text, Readers.everyone(), Deadline.in(limits.time()))
                            : PlainText.read(path, text, Readers.everyone());
            return withText(document);
        } catch (Deadline.Passed e) {
            return Read.failed(path, ParseLimits.tooSlow(limits.time()));
        } catch (CharacterCodingException e) {
            return Read.failed(path, "not UTF-8; save it as UTF-8");
        } catch (IOException e) {
            return Read.failed(path, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private Read withText(Document document) {
        var seen = InvisibleCharacters.removedFrom(document);
        return seen.sections().isEmpty()
                ? Read.failed(seen.path(), recognition.noText(seen.path()))
                : Read.of(seen);
    }

    private Map<String, Read> readInWorkers(
            List<Path> files, TikaWorkers tika, Progress.Step step) {
        var results = new TreeMap<String, Read>();
        try (var threads = Executors.newFixedThreadPool(tika.count())) {
            var tasks = new TreeMap<String, Future<Read>>();
            for (var file : files) {
                Callable<Read> task =
                        () -> {
                            var read = readByTika(tika, file);
                            step.advance(1);
                            return read;
                        };
                tasks.put(name(file), threads.submit(task));
            }
            try {
                for (var task : tasks.entrySet()) {
                    results.put(task.getKey(), task.getValue().get());
                }
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw e.getCause() instanceof SartorException known
                        ? known
                        : SartorException.defect("reading documents failed", e);
            } catch (InterruptedException e) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
                throw SartorException.missing("reading documents was interrupted", e);
            }
        }
        return results;
    }

    private Read readByTika(TikaWorkers tika, Path file) {
        var path = name(file);
        return switch (tika.parse(file, recognition.languages(path))) {
            case TikaWorker.Outcome.Failure(var reason) -> Read.failed(path, reason);
            case TikaWorker.Outcome.Xhtml(var text) when text.isBlank() ->
                    Read.failed(path, recognition.noText(path));
            case TikaWorker.Outcome.Xhtml(var text) -> {
                try {
                    var document = XhtmlReader.read(path, text, Readers.everyone());
                    yield withText(document.withHidden(comments(file)));
                } catch (IOException e) {
                    yield Read.failed(
                            path, "cannot be read (" + e.getClass().getSimpleName() + ")");
                } catch (SAXException e) {
                    yield Read.failed(
                            path, "its text cannot be taken apart (" + e.getMessage() + ")");
                }
            }
        };
    }

    private static HiddenText comments(Path file) throws IOException {
        return HTML.contains(ending(file))
                ? new HiddenText(0, 0, Comments.count(file))
                : HiddenText.none();
    }
}
