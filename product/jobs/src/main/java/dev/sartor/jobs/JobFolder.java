package dev.sartor.jobs;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The folder of a server's files and jobs, which one server uses at a time: `content/ID` are files, `jobs/ID` what a job works
/// in, `aside` holds what is received. The system takes the lock back when the process ends, however it ends.
final class JobFolder implements AutoCloseable {
    private static final String NAME = "folder.json";

    private final Path root;
    private final String place;
    private final FileChannel lock;

    private JobFolder(Path root, String place, FileChannel lock) {
        this.root = root;
        this.place = place;
        this.lock = lock;
    }

    /// Opens a folder, made where it is not there.
    ///
    /// @throws SartorException a user's error where another server uses it
    static JobFolder open(Path folder, Ids ids) {
        var root = folder.toAbsolutePath().normalize();
        try {
            PrivateFiles.makeFolder(root);
            for (var part : new String[] {"content", "jobs", "aside"}) {
                PrivateFiles.makeFolder(root.resolve(part));
            }
            var lock = locked(root);
            empty(root.resolve("aside"));
            AtomicFile.sweep(root.resolve("content"));
            return new JobFolder(root, place(root, ids), lock);
        } catch (IOException e) {
            throw AtomicFile.failure(root, e);
        }
    }

    private static FileChannel locked(Path root) throws IOException {
        var channel =
                PrivateFiles.open(
                        root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isTaken(channel)) {
            channel.close();
            throw SartorException.user(
                    "--files "
                            + root
                            + " is used by another server: stop it, or name another folder.");
        }
        return channel;
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock taken = channel.tryLock();
            return taken != null;
        } catch (OverlappingFileLockException e) {
            return false; // this process has it
        }
    }

    private static String place(Path root, Ids ids) {
        var file = root.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            AtomicFile.write(file, Json.pretty(Map.of("place", ids.next("place-"))) + "\n");
        }
        var place = Json.read(file).path("place").asString("");
        if (!place.matches("place-[A-Za-z0-9]{24}")) {
            throw SartorException.user(
                    file
                            + " is damaged: put back what it was, or name another folder with --files.");
        }
        return place;
    }

    /// Its own name, in the state's database.
    String place() {
        return place;
    }

    Path aside() {
        return root.resolve("aside");
    }

    Path content(String id) {
        return root.resolve("content").resolve(id);
    }

    Path job(String id) {
        return root.resolve("jobs").resolve(id);
    }

    /// Removes content that no row tells of: its process died between both.
    void removeAllBut(Set<String> ids) {
        try (var files = Files.list(root.resolve("content"))) {
            for (var file : files.collect(Collectors.toList())) {
                if (!ids.contains(String.valueOf(file.getFileName()))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw SartorException.missing("cannot read " + root + ": " + e.getMessage(), e);
        }
    }

    /// Removes what is in a folder, and leaves it.
    static void empty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path each, IOException failure)
                            throws IOException {
                        if (!each.equals(folder)) {
                            Files.delete(each);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw SartorException.missing("cannot close " + root + ": " + e.getMessage(), e);
        }
    }
}
