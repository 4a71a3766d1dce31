/// Continuous batching: the rows of everybody's prompts, the pages of keys and values that they share, and speculative
/// tokens.
@Door
@NullMarked
package dev.sartor.generate.schedule;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
