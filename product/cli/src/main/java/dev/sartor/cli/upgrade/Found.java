package dev.sartor.cli.upgrade;

import java.nio.file.Path;
import java.util.Optional;

/// Something that a version of Sartor wrote, and whether this one reads it.
///
/// @param kind `project`, `run` or `index`
/// @param writtenBy a version, of a project those of its runs, or a format; empty where nothing tells
/// @param problem why it is not read
/// @param note what becomes of it though it is read
record Found(
        String kind, Path path, String writtenBy, Optional<String> problem, Optional<String> note) {
    static Found unread(String kind, Path path, String problem) {
        return new Found(kind, path, "", Optional.of(problem), Optional.empty());
    }
}
