/// Intervals, tests and corrections, each with its paper.
@Door
@NullMarked
package dev.sartor.evaluate.statistics;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
