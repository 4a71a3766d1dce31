/// What a run leaves behind: its record, its answers, the machine it ran on.
@Door
@NullMarked
package dev.sartor.compare.run;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
