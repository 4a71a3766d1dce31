package dev.sartor.hub.fetch;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.FreeSpace;
import dev.sartor.core.file.WriteRefusal;
import java.io.IOException;
import java.nio.file.Path;

/// The room on the disk that a folder lies on.
@FunctionalInterface
public interface Disk {
    /// Left free so that a download never fills a disk to the last byte.
    long RESERVE = 16L << 20;

    long freeBytes(Path folder) throws IOException;

    static Disk real() {
        return FreeSpace::at;
    }

    /// Refuses before the first byte what would not fit.
    default void require(Path folder, long bytes, String what) {
        long free;
        try {
            free = freeBytes(folder);
        } catch (IOException e) {
            throw SartorException.missing("cannot tell how much room there is in " + folder, e);
        }
        if (bytes > 0 && free < bytes + RESERVE) {
            throw SartorException.missing(
                    what
                            + " needs "
                            + mebibytes(bytes + RESERVE)
                            + " MiB in "
                            + folder
                            + ", and "
                            + (free >> 20)
                            + " MiB are free there: free some space, or set SARTOR_CACHE to a"
                            + " folder on another disk, then run the same command again.");
        }
    }

    /// Rounded up.
    static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }

    /// The error for a write that failed midway; what was written before stays.
    static SartorException failed(Path file, IOException cause) {
        var refusal = WriteRefusal.of(cause);
        return SartorException.missing(
                "cannot write "
                        + file
                        + ": "
                        + refusal.reason(cause)
                        + ". What was fetched so far is kept. "
                        + refusal.remedy()
                        + ", or set SARTOR_CACHE to a folder on another disk, then run the same"
                        + " command again.",
                cause);
    }
}
