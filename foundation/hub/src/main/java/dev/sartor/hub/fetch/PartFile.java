package dev.sartor.hub.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file that is being fetched, in one or more segments side by side. How far each segment is stands in a small file
/// beside it (`.at`), written after the bytes: a process that is killed goes on where it was. After a crash of the
/// whole machine the two may disagree; the checksum finds that. One thread may write to each segment.
public final class PartFile implements AutoCloseable {
    /// A file whose length nobody has told.
    public static final long UNKNOWN = -1;

    private final Path path;
    private final FileChannel content;
    private final FileChannel journal;
    private final long size;
    private final long[] written;

    private PartFile(Path path, FileChannel content, FileChannel journal, long size, int segments) {
        this.path = path;
        this.content = content;
        this.journal = journal;
        this.size = size;
        this.written = new long[segments];
    }

    /// Goes on with what is there if it was begun for the same size in as many segments, else begins anew.
    static PartFile open(Path path, long size, int segments) {
        try {
            var content = open(path);
            var part = new PartFile(path, content, open(journalOf(path)), size, segments);
            if (!part.recall()) {
                part.startOver();
            }
            return part;
        } catch (IOException e) {
            throw Disk.failed(path, e);
        }
    }

    /// A part that was made read-only just before its process was killed is given up.
    private static FileChannel open(Path path) throws IOException {
        try {
            return writable(path);
        } catch (AccessDeniedException e) {
            Files.deleteIfExists(path);
            return writable(path);
        }
    }

    private static FileChannel writable(Path path) throws IOException {
        return FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static Path journalOf(Path path) {
        return path.resolveSibling(path.getFileName() + ".at");
    }

    private boolean recall() throws IOException {
        var noted = ByteBuffer.allocate(Long.BYTES * (written.length + 1));
        if (size == UNKNOWN || journal.size() != noted.capacity()) {
            return false;
        }
        while (noted.hasRemaining() && journal.read(noted, noted.position()) >= 0) {}
        noted.flip();
        if (noted.remaining() != noted.capacity() || noted.getLong() != size) {
            return false;
        }
        for (int i = 0; i < written.length; i++) {
            written[i] = noted.getLong();
            var believable = written[i] >= 0 && written[i] <= end(i) - start(i);
            if (!believable || (written[i] > 0 && content.size() < position(i))) {
                return false;
            }
        }
        return true;
    }

    /// Forgets everything.
    void startOver() {
        try {
            content.truncate(0);
            journal.truncate(0);
            java.util.Arrays.fill(written, 0);
            note(0, size);
            for (int i = 0; i < written.length; i++) {
                note(i + 1, 0);
            }
        } catch (IOException e) {
            throw Disk.failed(path, e);
        }
    }

    private void note(int slot, long value) throws IOException {
        var buffer = ByteBuffer.allocate(Long.BYTES).putLong(value).flip();
        long at = (long) slot * Long.BYTES;
        while (buffer.hasRemaining()) {
            at += journal.write(buffer, at);
        }
    }

    int segments() {
        return written.length;
    }

    long size() {
        return size;
    }

    private long start(int segment) {
        return size == UNKNOWN ? 0 : size / written.length * segment;
    }

    /// Exclusive.
    long end(int segment) {
        if (size == UNKNOWN) {
            return Long.MAX_VALUE;
        }
        return segment == written.length - 1 ? size : start(segment + 1);
    }

    /// Where the segment's next byte goes.
    long position(int segment) {
        return start(segment) + written[segment];
    }

    /// All bytes that are there.
    long done() {
        long sum = 0;
        for (long w : written) {
            sum += w;
        }
        return sum;
    }

    boolean isComplete(int segment) {
        return size != UNKNOWN && position(segment) == end(segment);
    }

    /// @throws dev.sartor.core.SartorException where the disk does not take it
    void write(int segment, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                written[segment] += content.write(bytes, position(segment));
            }
            note(segment + 1, written[segment]);
        } catch (IOException e) {
            throw Disk.failed(path, e);
        }
    }

    @Override
    public void close() {
        try (content;
                journal) {
            content.force(false);
        } catch (IOException e) {
            throw Disk.failed(path, e);
        }
    }

    /// How many bytes an earlier start left behind for this size; 0 where it would begin anew.
    public static long found(Path path, long size, int segments) {
        if (!Files.exists(path) || !Files.exists(journalOf(path))) {
            return 0;
        }
        try (var part = open(path, size, segments)) {
            return part.done();
        }
    }

    /// Removes the content and its journal.
    public static void discard(Path path) throws IOException {
        Files.deleteIfExists(path);
        Files.deleteIfExists(journalOf(path));
    }

    /// Leaves nothing behind where nothing came.
    static void discardIfEmpty(Path path) {
        try {
            if (Files.exists(path) && Files.size(path) == 0) {
                discard(path);
            }
        } catch (IOException e) {
            throw Disk.failed(path, e);
        }
    }

    /// Removes the journal of a file that is complete.
    public static void seal(Path path) throws IOException {
        Files.deleteIfExists(journalOf(path));
    }
}
