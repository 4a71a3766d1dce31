package dev.sartor.documents.source;

import dev.sartor.core.work.Progress;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.parse.TikaWorkers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads files of a folder, some at a time; the JVMs that read office files start with the first of those and stay until
/// closed. Not thread-safe.
final class FileReading implements AutoCloseable {
    /// A second worker pays off from here: it takes a second to start and get up to speed.
    private static final int FILES_FOR_TWO_WORKERS = 24;

    private final DocumentFolder folder;
    private final ParseLimits limits;
    private Optional<TikaWorkers> workers = Optional.empty();

    FileReading(DocumentFolder folder, ParseLimits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /// @param step advances by one for each
    Map<String, DocumentFolder.Read> read(List<Path> files, Progress.Step step) {
        return folder.read(files, () -> workers(files.size()), step);
    }

    private TikaWorkers workers(int documents) {
        int most = Math.min(2, Runtime.getRuntime().availableProcessors());
        int count = documents < FILES_FOR_TWO_WORKERS ? 1 : most;
        if (workers.isPresent() && workers.get().count() < count) {
            close();
            workers = Optional.empty();
        }
        var open = workers.orElseGet(() -> TikaWorkers.prepare(limits, count));
        workers = Optional.of(open);
        return open;
    }

    @Override
    public void close() {
        workers.ifPresent(TikaWorkers::close);
    }
}
