package dev.sartor.serve;

import dev.sartor.core.Embedder;
import dev.sartor.core.Readers;

/// A model that embeds.
///
/// @param readers who may see and call it
public record ServedEmbedder(Embedder embedder, Readers readers) {}
