/// What is measured while a training goes: the task, and what the model could do before.
@Door
@NullMarked
package dev.sartor.tune.check;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
