package dev.sartor.weights;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A file's bytes, mapped or read on demand. Thread-safe; segments live until it is closed.
public final class FileBytes implements AutoCloseable {
    /// Reads at most this much into memory at once (a `ByteBuffer` view ends at 2 GiB).
    private static final long PIECE = 1L << 26;

    private final Path file;
    private final FileChannel channel;
    private final Arena arena = Arena.ofShared();
    private final long size;
    private final Optional<MemorySegment> map;

    private FileBytes(Path file, FileChannel channel, WeightAccess access) throws IOException {
        this.file = file;
        this.channel = channel;
        this.size = channel.size();
        this.map =
                switch (access) {
                    case MAPPED ->
                            Optional.of(channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena));
                    case COPIED -> Optional.empty();
                };
    }

    public static FileBytes open(Path file, WeightAccess access) {
        try {
            var channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return new FileBytes(file, channel, access);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw SartorException.missing(
                    file + " does not exist: check the path, or fetch the model again.", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    public Path file() {
        return file;
    }

    public long size() {
        return size;
    }

    /// The bytes from `start` on; the caller has checked that they lie in the file.
    public MemorySegment segment(long start, long length) {
        if (map.isPresent()) {
            return map.get().asSlice(start, length);
        }
        var copy = arena.allocate(length, 64);
        read(start, copy);
        return copy.asReadOnly();
    }

    /// Copies as many bytes from `start` on as the target has; the caller has checked that they lie in the file.
    public void read(long start, MemorySegment target) {
        long length = target.byteSize();
        if (map.isPresent()) {
            target.copyFrom(map.get().asSlice(start, length));
            return;
        }
        for (long done = 0; done < length; done += PIECE) {
            var piece = target.asSlice(done, Math.min(PIECE, length - done));
            read(start + done, piece.asByteBuffer());
        }
    }

    public byte[] bytes(long start, int length) {
        var bytes = new byte[length];
        if (map.isPresent()) {
            MemorySegment.copy(map.get(), ValueLayout.JAVA_BYTE, start, bytes, 0, length);
        } else {
            read(start, ByteBuffer.wrap(bytes));
        }
        return bytes;
    }

    private void read(long start, ByteBuffer into) {
        long at = start;
        try {
            while (into.hasRemaining()) {
                int read = channel.read(into, at);
                if (read < 0) {
                    throw SartorException.user(
                            file
                                    + " became shorter while it was read (it had "
                                    + size
                                    + " bytes): let no other program write it, then try again.");
                }
                at += read;
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    public static SartorException unreadable(Path file, IOException e) {
        return SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        arena.close();
        try {
            channel.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }
}
