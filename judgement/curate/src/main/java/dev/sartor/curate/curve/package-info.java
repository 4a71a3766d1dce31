/// Learning curves: how a score grows with the number of rows, and what more rows are expected to bring. What learns is handed in.
@Door
@NullMarked
package dev.sartor.curate.curve;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
