package dev.sartor.core.file;

import dev.sartor.core.SartorException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// Writes a file so that a reader, or a crash, sees the old content or the whole new content: aside, flushed to the
/// disk, renamed, the folder flushed. What is written is its owner's alone, as {@link PrivateFiles} says, unless it is
/// published.
public final class AtomicFile {
    /// The ending of what is being written, or was when the process died.
    private static final String ASIDE = ".part";

    private AtomicFile() {}

    /// What is written into the file.
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    public static void write(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Removes what writes that were cut short by the process's death left in a folder. Nobody may be writing there.
    public static void sweep(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.newDirectoryStream(folder, ".*" + ASIDE)) {
            files.forEach(AtomicFile::discard);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    /// Makes the parent folders. A failure (a full disk, no permission) leaves the old file as it was, removes the
    /// partial one, and is a {@link SartorException.Kind#MISSING} error that names the file.
    public static void write(Path file, Content content) {
        write(file, content, true);
    }

    /// The same of what holds nothing that was made from the user's data: the process's umask says who may read it.
    public static void publish(Path file, Content content) {
        write(file, content, false);
    }

    public static void publish(Path file, String text) {
        publish(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void write(Path file, Content content, boolean isPrivate) {
        var target = file.toAbsolutePath();
        var aside =
                target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ASIDE);
        try {
            Failpoints.reach("file.begun");
            makeFolder(target.resolveSibling("."), isPrivate);
            try (var channel = opened(aside, isPrivate)) {
                Failpoints.reach("file.made");
                var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                content.writeTo(out);
                out.flush();
                Failpoints.reach("file.written");
                channel.force(true);
            }
            Failpoints.reach("file.flushed");
            Files.move(
                    aside,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            Failpoints.reach("file.renamed");
            flushFolder(target.resolveSibling("."));
            Failpoints.reach("file.kept");
        } catch (IOException e) {
            throw failure(target, e);
        } finally {
            discard(aside);
        }
    }

    /// Deletes a file so that no crash brings it back; one that is not there is fine.
    ///
    /// @throws SartorException something is missing, where it cannot be deleted
    public static void delete(Path file) {
        var target = file.toAbsolutePath();
        try {
            if (Files.deleteIfExists(target)) {
                flushFolder(target.resolveSibling("."));
            }
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    private static FileChannel opened(Path aside, boolean isPrivate) throws IOException {
        return isPrivate
                ? PrivateFiles.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                : FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /// The error for a file that could not be written, with the room left on its disk where that may be why.
    public static SartorException failure(Path file, IOException cause) {
        var refusal = WriteRefusal.of(cause);
        var room =
                switch (refusal) {
                    case FULL, OTHER -> room(file);
                    case DENIED, READ_ONLY -> "";
                };
        return SartorException.missing(
                "cannot write "
                        + file
                        + ": "
                        + refusal.reason(cause)
                        + ". "
                        + room
                        + refusal.remedy()
                        + " or choose another folder, then run the same command again.",
                cause);
    }

    private static String room(Path file) {
        try {
            var existing = file;
            while (existing != null && !Files.exists(existing)) {
                existing = existing.getParent();
            }
            return existing == null ? "" : (FreeSpace.at(existing) >> 20) + " MiB are free there. ";
        } catch (IOException e) {
            return "";
        }
    }

    /// A folder that was not there is on the disk afterwards, with all above it that were not.
    private static void makeFolder(Path folder, boolean isPrivate) throws IOException {
        var above = folder.normalize().getParent();
        if (above == null || Files.isDirectory(folder)) {
            return;
        }
        makeFolder(above, isPrivate);
        if (isPrivate) {
            PrivateFiles.makeMissing(folder.normalize());
        } else {
            Files.createDirectories(folder.normalize());
        }
        flushFolder(above);
    }

    /// So that the new name is on the disk, too; some systems open no folders and need none of it.
    private static void flushFolder(Path folder) throws IOException {
        boolean opens = folder.getFileSystem().equals(FileSystems.getDefault());
        if (!opens || System.getProperty("os.name", "").startsWith("Windows")) {
            return;
        }
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void discard(Path aside) {
        try {
            Files.deleteIfExists(aside);
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(AtomicFile.class).warn("left behind: {}", aside, e);
        }
    }
}
