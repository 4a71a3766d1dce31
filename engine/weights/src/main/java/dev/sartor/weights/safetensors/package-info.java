/// The safetensors format, one file or shards, read and written.
@Door
@NullMarked
package dev.sartor.weights.safetensors;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
