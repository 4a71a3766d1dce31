/// Persistent indexes that follow their documents, generation after generation.
@Door
@NullMarked
package dev.sartor.retrieve.index;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
