package dev.sartor.curate.code;

/// A file of a repository.
///
/// @param path below the repository's folder, with `/`
public record SourceFile(String path, String text) {}
