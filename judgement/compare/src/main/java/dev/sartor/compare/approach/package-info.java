/// The ways of fitting a model to a task, and the ports through which they reach models and trainings.
@Door
@NullMarked
package dev.sartor.compare.approach;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
