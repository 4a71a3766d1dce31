/// Encoder-decoder models that answer, such as T5.
@Door
@NullMarked
package dev.sartor.generate.seq2seq;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
