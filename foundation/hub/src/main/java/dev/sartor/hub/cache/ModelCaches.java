package dev.sartor.hub.cache;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// All models in the cache, each on its shelf.
public final class ModelCaches {
    private static final String PREFIX = "models--";

    private final Path models;

    public ModelCaches(Path models) {
        this.models = models;
    }

    public ModelCache of(String repository) {
        return new ModelCache(models.resolve(folderName(repository)));
    }

    private static String folderName(String repository) {
        return PREFIX + repository.replace("/", "--");
    }

    public List<ModelCache> all() {
        var found = new ArrayList<ModelCache>();
        try (var folders = Files.newDirectoryStream(models, PREFIX + "*")) {
            for (var folder : folders) {
                found.add(new ModelCache(folder));
            }
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + models, e);
        }
        return found;
    }

    /// A shelf that is this process's and thread's alone until it is closed.
    public record Hold(FileChannel channel, FileLock lock) implements AutoCloseable {
        @Override
        public void close() {
            try (channel) {
                lock.release();
            } catch (IOException e) {
                org.slf4j.LoggerFactory.getLogger(ModelCaches.class)
                        .warn("a lock did not close", e);
            }
        }
    }

    /// Waits for whoever fetches into the same shelf now.
    public Hold hold(String repository, Progress progress) {
        var file = models.resolve(".locks").resolve(folderName(repository));
        try {
            Files.createDirectories(file.getParent());
            var channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return new Hold(channel, locked(channel, repository, progress));
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SartorException.missing("stopped while waiting for " + repository, e);
        }
    }

    private static FileLock locked(FileChannel channel, String repository, Progress progress)
            throws IOException, InterruptedException {
        for (boolean told = false; ; told = true) {
            try {
                var lock = channel.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                // Held by another thread of this process: as good as by another process.
            }
            if (!told) {
                progress.say(repository + " is being fetched by someone else: waiting for that");
            }
            Thread.sleep(200);
        }
    }
}
