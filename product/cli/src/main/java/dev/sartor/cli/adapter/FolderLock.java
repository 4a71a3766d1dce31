package dev.sartor.cli.adapter;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.LoggerFactory;

/// That nobody else changes the adapters of a folder, until it is closed or the process ends.
record FolderLock(FileChannel channel) implements AutoCloseable {
    private static final String NAME = "attached.lock";

    /// @throws SartorException something is missing, where another server has it, or the folder may not be written
    static FolderLock of(Path folder) {
        var file = folder.resolve(NAME);
        try {
            var channel =
                    PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw SartorException.missing(
                        "another server attaches adapters in "
                                + folder
                                + ": ask that one, or give each a folder of its own with --adapters");
            }
            return new FolderLock(channel);
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // of this process
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LoggerFactory.getLogger(FolderLock.class)
                    .debug("a lock was let go with its process", e);
        }
    }
}
