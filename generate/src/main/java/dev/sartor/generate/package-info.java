/// Turns a network into text or vectors: batches, KV cache, sampling, choices among labels.
@NullMarked
package dev.sartor.generate;

import org.jspecify.annotations.NullMarked;
