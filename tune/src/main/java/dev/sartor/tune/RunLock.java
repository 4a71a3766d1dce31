package dev.sartor.tune;

import dev.sartor.core.AtomicFile;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A folder that one training at a time writes into. The system frees it when the process ends, however it ends.
final class RunLock implements AutoCloseable {
    private static final String NAME = "training.lock";

    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// @throws SartorException a user's error when another training holds it
    static RunLock of(Path folder) {
        var file = folder.resolve(NAME);
        try {
            Files.createDirectories(folder);
            var channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() != null) {
                    return new RunLock(file, channel);
                }
            } catch (OverlappingFileLockException e) {
                channel.close();
                throw taken(folder, e);
            }
            channel.close();
            throw taken(folder, new IOException("locked"));
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
    }

    private static SartorException taken(Path folder, Exception cause) {
        return SartorException.user(
                folder
                        + " is being written by another training: wait for it to end, or choose another folder.",
                cause);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            channel.close();
        } catch (IOException e) {
            throw SartorException.missing("cannot free the folder's lock: " + e.getMessage(), e);
        }
    }
}
