package dev.sartor.weights;

/// How a weight file's bytes are reached.
public enum WeightAccess {
    /// Mapped into memory. Only for a file that cannot change (a read-only, content-named copy in the cache): a
    /// mapped file that is cut while in use kills the JVM.
    MAPPED,
    /// Read when asked for, and kept until the file is closed. For every other file.
    COPIED
}
