/// Processes that compute together.
@Door
@NullMarked
package dev.sartor.tensor.group;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
