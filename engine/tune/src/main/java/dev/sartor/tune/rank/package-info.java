/// Trainings by several processes, on one machine or on many.
@Door
@NullMarked
package dev.sartor.tune.rank;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
