/// What a training minimises, one class for each objective, and what it changes. A new objective is one file here.
@Door
@NullMarked
package dev.sartor.tune.objective;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
