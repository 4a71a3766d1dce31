/// The training loop, the search for settings around it, and the logs that it writes.
@Door
@NullMarked
package dev.sartor.tune.trainer;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
