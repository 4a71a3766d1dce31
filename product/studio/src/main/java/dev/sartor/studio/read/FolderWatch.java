package dev.sartor.studio.read;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells when a project's runs change. Looks while somebody waits, all who wait together, and rests a hundred times as long as a look took,
/// so that it takes a hundredth of a core at most. Thread-safe.
public final class FolderWatch {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    private static final Duration SHORTEST_REST = Duration.ofSeconds(1);
    private static final int REST_PER_LOOK = 100;
    private static final int DEEPEST = 3;
    private static final int MOST_ENTRIES = 200_000;

    private final Path folder;
    private long seen;
    private long lookedAt;
    private long lookTook;
    private boolean isKnown;

    /// @param folder that holds the runs; need not be there
    public FolderWatch(Path folder) {
        this.folder = folder;
    }

    /// A number that is another one whenever a file below the folder has come, gone or changed. It is as old as a rest at most.
    public synchronized long state() {
        long now = System.nanoTime();
        long rest = Math.max(SHORTEST_REST.toNanos(), REST_PER_LOOK * lookTook);
        if (!isKnown || now - lookedAt >= rest) {
            seen = look();
            lookedAt = System.nanoTime();
            lookTook = lookedAt - now;
            isKnown = true;
        }
        return seen;
    }

    /// How long to wait before the state can be another.
    public synchronized Duration rest() {
        return Duration.ofNanos(Math.max(SHORTEST_REST.toNanos(), REST_PER_LOOK * lookTook));
    }

    private long look() {
        var look = new Look();
        look.into(folder, 0);
        return look.sum;
    }

    private static final class Look {
        private long sum;
        private int entries;

        void into(Path at, int depth) {
            try (DirectoryStream<Path> inside = Files.newDirectoryStream(at)) {
                for (var each : inside) {
                    if (++entries > MOST_ENTRIES) {
                        return;
                    }
                    var attributes = Files.readAttributes(each, BasicFileAttributes.class);
                    // Sums do not depend on the order, which file systems are free in.
                    sum +=
                            31L * each.hashCode()
                                    + 1_000_003L * attributes.lastModifiedTime().toMillis()
                                    + 7919L * attributes.size();
                    if (attributes.isDirectory() && depth < DEEPEST) {
                        into(each, depth + 1);
                    }
                }
            } catch (NoSuchFileException e) {
                LOG.debug("it went while it was looked at", e);
            } catch (IOException e) {
                LOG.debug("cannot look into {}", at, e);
            }
        }
    }
}
