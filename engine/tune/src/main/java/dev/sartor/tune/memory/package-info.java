/// What a training needs in memory, planned before it starts.
@Door
@NullMarked
package dev.sartor.tune.memory;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
