package dev.sartor.tune.checkpoint;

import java.nio.file.Path;

/// A checkpoint that cannot be gone on from. The message names the file and what is wrong with it.
final class DamagedCheckpoint extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedCheckpoint(Path file, String what) {
        super(file + " is damaged (" + what + ")");
    }

    DamagedCheckpoint(Path file, String what, Throwable cause) {
        this(file, what);
        initCause(cause);
    }
}
