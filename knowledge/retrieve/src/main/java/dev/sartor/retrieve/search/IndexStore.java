package dev.sartor.retrieve.search;

import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Folders;
import dev.sartor.core.file.PrivateFiles;
import dev.sartor.core.work.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/// Where indexes lie: one folder each, named by the digest of all that it is made from. An index is built aside and
/// renamed, so that one that exists is whole; a lock file keeps two processes from building the same one.
record IndexStore(Path root) {
    /// A file lock belongs to the process; this one keeps its threads apart.
    private static final ReentrantLock BUILDING = new ReentrantLock();

    /// Writes an index into an empty folder.
    @FunctionalInterface
    interface Build {
        void into(Path folder) throws IOException;
    }

    /// Opens what lies in an index's folder.
    @FunctionalInterface
    interface Open<T> {
        T from(Path folder) throws IOException;
    }

    /// Opens the index of this key, building it where there is none, or one that cannot be opened.
    <T> T open(String key, Build build, Open<T> open, Progress progress) {
        var folder = root.resolve(key);
        BUILDING.lock();
        try {
            PrivateFiles.makeFolder(root);
            try (var channel =
                            PrivateFiles.open(
                                    root.resolve(key + ".lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                if (lock.isValid() && Files.exists(folder)) {
                    try {
                        return open.from(folder);
                    } catch (IOException e) {
                        progress.say(
                                "the index in "
                                        + folder
                                        + " cannot be read ("
                                        + e.getMessage()
                                        + "); it is built anew");
                        Folders.delete(folder);
                    }
                }
                buildAside(folder, build);
                return open.from(folder);
            }
        } catch (IOException e) {
            throw AtomicFile.failure(folder, e);
        } finally {
            BUILDING.unlock();
        }
    }

    private void buildAside(Path folder, Build build) throws IOException {
        var aside = root.resolve(folder.getFileName() + ".part");
        Folders.delete(aside);
        PrivateFiles.makeFolder(aside);
        try {
            build.into(aside);
            Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.delete(aside);
        }
    }
}
