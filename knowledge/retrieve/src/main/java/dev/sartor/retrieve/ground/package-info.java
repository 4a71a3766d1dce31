/// Passages put before a question, and answers that cite them.
@Door
@NullMarked
package dev.sartor.retrieve.ground;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
