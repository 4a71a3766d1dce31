/// Tokenizers as they lie in files: tokenizer.json, sentencepiece, vocab files, GGUF keys; read and written.
@Door
@NullMarked
package dev.sartor.tokenizer.file;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
