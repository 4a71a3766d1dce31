package dev.sartor.documents.source;

import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.documents.ParseLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads documents that were fetched from elsewhere into a folder of their own, as files of a folder are read. Not thread-safe.
public final class FetchedFiles implements AutoCloseable {
    private final Path folder;
    private final DocumentFolder reading;
    private final FileReading files;

    /// @param folder exists, and nobody else writes into it
    public FetchedFiles(Path folder, ParseLimits limits) {
        this.folder = folder;
        this.reading = new DocumentFolder(folder, limits);
        this.files = new FileReading(reading, limits);
    }

    /// What came of fetching a document.
    ///
    /// @param file within the folder, with `/`; its ending says how it is read
    /// @param title takes the place of the file's own
    /// @param failure why there is no file; empty where there is one
    public record Fetched(
            DocumentSource.Listed listed, String file, Optional<String> title, String failure) {}

    /// Changes when such a file would be read in another way.
    public String reading(String file) {
        return reading.reading(file);
    }

    /// @param step advances by one for each
    public List<DocumentSource.Reading> read(List<Fetched> some, Progress.Step step) {
        var there = some.stream().filter(each -> each.failure().isEmpty()).toList();
        step.advance(some.size() - there.size());
        var read =
                files.read(there.stream().map(each -> folder.resolve(each.file())).toList(), step);
        var all = new ArrayList<DocumentSource.Reading>();
        for (var each : some) {
            all.add(
                    each.failure().isEmpty()
                            ? reading(each, read)
                            : DocumentSource.Reading.failed(each.listed(), each.failure()));
        }
        return all;
    }

    private static DocumentSource.Reading reading(
            Fetched fetched, Map<String, DocumentFolder.Read> all) {
        var listed = fetched.listed();
        var read = all.get(fetched.file());
        if (read == null || read.document().isEmpty()) {
            return DocumentSource.Reading.failed(
                    listed, read == null ? "was not read" : read.failure().orElseThrow().reason());
        }
        var document = read.document().get();
        return DocumentSource.Reading.of(
                listed,
                new Document(
                        listed.path(),
                        fetched.title().orElse(document.title()),
                        document.sections(),
                        listed.readers()));
    }

    @Override
    public void close() {
        files.close();
    }
}
