package dev.sartor.serve.job;

import java.time.Instant;

/// A file that was uploaded, or made by a batch.
///
/// @param name that its owner gave it; names nothing on disk
public record StoredFile(
        String id, String name, long bytes, Purpose purpose, Instant created, String sha256) {}
