/// Whether a question and its answer hold to the passage that they were made of.
@Door
@NullMarked
package dev.sartor.synthesis.check;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
