package dev.sartor.core.file;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/// The bytes that may still be written where a file lies. In a chroot the table of mounts does not name the root's file
/// system, which Java then fails to find; the system itself knows.
public final class FreeSpace {
    private FreeSpace() {}

    /// @param existing a file or folder that is there
    public static long at(Path existing) throws IOException {
        try {
            return Files.getFileStore(existing).getUsableSpace();
        } catch (IOException e) {
            var free =
                    existing.getFileSystem().equals(FileSystems.getDefault())
                            ? existing.toFile().getUsableSpace()
                            : 0;
            if (free == 0) {
                throw e;
            }
            return free;
        }
    }
}
