package dev.sartor.state.audit;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Failpoints;
import dev.sartor.core.file.PrivateFiles;
import dev.sartor.serve.AuditEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Adds lines to the last file of a log, and begins another when it has 64 MiB. What could not be written whole is taken back
/// before the next is written. Not thread-safe.
final class AuditWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);
    private static final long MOST_OF_A_FILE = 64L << 20;

    private final Path folder;
    private int number;
    private FileChannel channel;
    private long length;
    private long sequence;
    private String digest;

    private AuditWriter(Path folder, int number, Optional<String> last) throws IOException {
        this.folder = folder;
        this.number = number;
        this.channel = opened();
        this.length = channel.size();
        this.sequence = last.map(line -> AuditLine.place(line).sequence()).orElse(0L);
        this.digest = last.map(AuditLine::digest).orElse(AuditLine.NOTHING_BEFORE);
    }

    static AuditWriter open(Path folder) {
        try {
            var files = AuditFiles.in(folder);
            var last = Optional.<String>empty();
            for (int i = files.size() - 1; i >= 0 && last.isEmpty(); i--) {
                last = lastLine(files.get(i));
            }
            if (last.isPresent() && AuditLine.place(last.get()).sequence() < 1) {
                throw SartorException.user(
                        "the audit log "
                                + folder
                                + " ends with what is no entry: `sartor audit verify "
                                + folder
                                + "` says more; begin a new log in another folder.");
            }
            return new AuditWriter(
                    folder, files.isEmpty() ? 1 : AuditFiles.number(files.getLast()), last);
        } catch (IOException e) {
            throw AtomicFile.failure(folder, e);
        }
    }

    /// What the process's death cut short was never answered for: it is taken away.
    private static Optional<String> lastLine(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        if (end < bytes.length) {
            LOG.warn(
                    "{}: the last {} bytes were no whole entry and are gone",
                    file,
                    bytes.length - end);
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(end).force(true);
            }
        }
        int begin = end - 1;
        while (begin > 0 && bytes[begin - 1] != '\n') {
            begin--;
        }
        return end == 0
                ? Optional.empty()
                : Optional.of(new String(bytes, begin, end - 1 - begin, StandardCharsets.UTF_8));
    }

    private FileChannel opened() throws IOException {
        var file = AuditFiles.file(folder, number);
        boolean isNew = !Files.exists(file);
        var opened = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isNew) {
            flush(folder);
        }
        return opened.position(opened.size());
    }

    /// So that the file's name is on the disk, too.
    private static void flush(Path folder) throws IOException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return;
        }
        try (var opened = FileChannel.open(folder, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }

    /// Returns when all are on the disk; else none of them is in the log.
    void write(List<AuditEntry> entries) {
        var text = new StringBuilder();
        long number = sequence;
        var before = digest;
        for (var entry : entries) {
            var line = AuditLine.of(++number, before, entry);
            before = AuditLine.digest(line);
            text.append(line).append('\n');
        }
        try {
            if (length >= MOST_OF_A_FILE) {
                beginFile();
            }
            takeBack();
            append(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            var failure = AtomicFile.failure(AuditFiles.file(folder, this.number), e);
            try {
                takeBack();
            } catch (IOException again) {
                failure.addSuppressed(again); // and once more before the next is written
            }
            throw failure;
        }
        sequence = number;
        digest = before;
    }

    /// Whatever was not flushed.
    private void takeBack() throws IOException {
        channel.truncate(length).position(length);
    }

    private void append(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        var half = bytes.slice(0, count / 2);
        while (half.hasRemaining()) {
            channel.write(half);
        }
        Failpoints.reach("audit.half");
        bytes.position(count / 2);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        Failpoints.reach("audit.written");
        channel.force(false);
        length += count;
        Failpoints.pass("audit.flushed");
    }

    private void beginFile() throws IOException {
        channel.close();
        number++;
        channel = opened();
        length = channel.size();
    }

    /// Entries so far.
    long sequence() {
        return sequence;
    }

    /// Of the last line.
    String digest() {
        return digest;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("{}: {}", folder, e.toString());
        }
    }
}
