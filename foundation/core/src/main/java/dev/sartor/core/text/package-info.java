/// What many rooms do with text for people: names corrected, sizes and commands written, patterns and YAML held to a
/// budget. Tokenizers are in the room `tokenizer`.
@Door
@NullMarked
package dev.sartor.core.text;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
