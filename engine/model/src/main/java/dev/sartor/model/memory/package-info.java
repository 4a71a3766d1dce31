/// How much memory a model takes to answer and to be trained, counted from its sizes before anything is loaded.
@Door
@NullMarked
package dev.sartor.model.memory;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
