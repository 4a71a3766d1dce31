package dev.sartor.core;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// Writes a file so that a reader, or a crash, sees the old content or the whole new content: aside, flushed to the
/// disk, renamed.
public final class AtomicFile {
    private AtomicFile() {}

    /// What is written into the file.
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    public static void write(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Makes the parent folders. A failure (a full disk, no permission) leaves the old file as it was, removes the
    /// partial one, and is a {@link SartorException.Kind#MISSING} error that names the file.
    public static void write(Path file, Content content) {
        var target = file.toAbsolutePath();
        var aside =
                target.resolveSibling(
                        "." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(target.getParent());
            try (var channel =
                    FileChannel.open(
                            aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            Files.move(
                    aside,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            flushFolder(target.resolveSibling("."));
        } catch (IOException e) {
            throw failure(target, e);
        } finally {
            discard(aside);
        }
    }

    /// The error for a file that could not be written, with the room left on its disk.
    public static SartorException failure(Path file, IOException cause) {
        return SartorException.missing(
                "cannot write "
                        + file
                        + ": "
                        + reason(cause)
                        + ". "
                        + room(file)
                        + "Free some space or choose another"
                        + " folder, then run the same command again.",
                cause);
    }

    private static String reason(IOException cause) {
        var message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : " (" + message + ")");
    }

    private static String room(Path file) {
        try {
            var existing = file;
            while (existing != null && !Files.exists(existing)) {
                existing = existing.getParent();
            }
            return existing == null
                    ? ""
                    : (Files.getFileStore(existing).getUsableSpace() >> 20)
                            + " MiB are free there. ";
        } catch (IOException e) {
            return "";
        }
    }

    /// So that the new name is on the disk, too; some systems open no folders and need none of it.
    private static void flushFolder(Path folder) throws IOException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
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
