/// Encoders that answer: embedders, classifiers, cross-encoders.
@Door
@NullMarked
package dev.sartor.generate.encoder;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
