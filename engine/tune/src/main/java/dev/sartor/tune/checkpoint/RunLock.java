package dev.sartor.tune.checkpoint;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A folder that one training at a time writes into. The system frees it when the process ends, however it ends. The
/// empty file stays: with it gone, one process could hold the old file and another a new one.
public final class RunLock implements AutoCloseable {
    private static final String NAME = ".training.lock";

    /// Folders that trainings of this process hold. A second channel on one of their files would free it for other
    /// processes when closed, as POSIX has it.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private RunLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /// @throws SartorException a user's error when another training holds it
    public static RunLock of(Path folder) {
        var file = folder.resolve(NAME);
        try {
            PrivateFiles.makeFolder(folder);
            var real = folder.toRealPath();
            if (!HELD.add(real)) {
                throw taken(folder);
            }
            try {
                return new RunLock(real, locked(file));
            } catch (IOException | RuntimeException e) {
                HELD.remove(real);
                throw e;
            }
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
    }

    private static FileChannel locked(Path file) throws IOException {
        var channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
            throw taken(file.resolveSibling(".").normalize());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static SartorException taken(Path folder) {
        return SartorException.user(
                folder
                        + " is being written by another training: wait for it to end, or choose another folder.");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw SartorException.missing("cannot free the folder's lock: " + e.getMessage(), e);
        } finally {
            HELD.remove(folder);
        }
    }
}
