/// How the names, shapes and settings of transformers stand in a GGUF file, both ways. The format itself is in
/// `weights.gguf`.
@NullMarked
package dev.sartor.model.gguf;

import org.jspecify.annotations.NullMarked;
