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
import java.util.Optional;

/// The right to write a project's runs, which one command has at a time. The system takes it back when its process ends, however
/// it ends, so that none is left over; the file stays and says who had it last.
public final class ProjectLock implements AutoCloseable {
    static final String FILE = ".lock";

    private static final String PROCESS = "(process ";

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
                                "%s " + PROCESS + "%d, since %s)",
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

    /// Which command writes the project's runs now, as far as its file and the machine's processes tell: the lock itself is not
    /// touched, so that whoever looks is in nobody's way.
    ///
    /// @param folder the project's
    /// @return such as `sartor compare (process 4711, since 2026-03-01T12:00:00Z)`; empty where the process has ended
    public static Optional<String> holder(Path folder) {
        var file = folder.resolve("runs").resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        var owner = owner(file);
        return process(owner)
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .map(_ -> owner);
    }

    private static Optional<Long> process(String owner) {
        int from = owner.indexOf(PROCESS);
        int end = owner.indexOf(',', from);
        if (from < 0 || end < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(owner, from + PROCESS.length(), end, 10));
        } catch (NumberFormatException e) {
            return Optional.empty();
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
