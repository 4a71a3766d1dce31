/// Who of a task's candidates is shown to be worse than the best.
@Door
@NullMarked
package dev.sartor.compare.race;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
