package dev.sartor.compare;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// The right to write a project's runs, which one command has at a time. The system takes it back when its process ends, however
/// it ends, so that none is left over; the file stays and says who had it last.
public final class ProjectLock implements AutoCloseable {
    static final String FILE = ".lock";

    /// Far behind what the file says, which others may read meanwhile on systems where a lock keeps them out.
    private static final long PLACE = Long.MAX_VALUE - 1;

    private final FileChannel channel;

    private ProjectLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @param folder the project's
    /// @param command what takes it, such as `sartor compare`
    /// @throws SartorException a user's error that names the command and the process that have it
    public static ProjectLock take(Path folder, String command, Clock clock) {
        var file = folder.resolve("runs").resolve(FILE);
        try {
            PrivateFiles.makeFolder(folder.resolve("runs"));
            var channel =
                    PrivateFiles.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            try {
                if (!isTaken(channel)) {
                    channel.close();
                    throw held(folder, file);
                }
                write(
                        channel,
                        String.format(
                                Locale.ROOT,
                                "%s (process %d, since %s)",
                                command,
                                ProcessHandle.current().pid(),
                                clock.instant().truncatedTo(ChronoUnit.SECONDS)));
                return new ProjectLock(channel);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(PLACE, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            return false; // this process has it
        }
    }

    private static void write(FileChannel channel, String owner) throws IOException {
        var text = ByteBuffer.wrap((owner + "\n").getBytes(StandardCharsets.UTF_8));
        channel.truncate(0);
        while (text.hasRemaining()) {
            channel.write(text);
        }
    }

    private static SartorException held(Path folder, Path file) {
        return SartorException.user(
                String.format(
                        Locale.ROOT,
                        "the runs of %s are being written by %s: wait for it to end, or end it; then run the same command again.",
                        folder,
                        owner(file)));
    }

    private static String owner(Path file) {
        try {
            var text = Files.readString(file).strip();
            return text.isEmpty() ? "another command" : text;
        } catch (IOException e) {
            return "another command";
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(ProjectLock.class)
                    .debug("a lock did not close cleanly", e);
        }
    }
}
