/// Text to token ids and back, exactly as the model's own tokenizer. Reading files is in `tokenizer.file`; what
/// surrounds a chat is in the room `template`.
@NullMarked
package dev.sartor.tokenizer;

import org.jspecify.annotations.NullMarked;
