/// The GGUF format and GGML's quantised blocks, read and written. How a model's names and settings stand in such a file
/// is in `model.gguf`.
@Door
@NullMarked
package dev.sartor.weights.gguf;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
