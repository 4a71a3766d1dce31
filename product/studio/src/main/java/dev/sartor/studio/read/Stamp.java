package dev.sartor.studio.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What tells that a file is another than it was.
///
/// @param modified in milliseconds of the epoch; 0 where there is no file
/// @param size in bytes; -1 where there is no file
record Stamp(long modified, long size) {
    static Stamp of(Path file) {
        try {
            return new Stamp(Files.getLastModifiedTime(file).toMillis(), Files.size(file));
        } catch (IOException e) {
            return new Stamp(0, -1);
        }
    }
}
