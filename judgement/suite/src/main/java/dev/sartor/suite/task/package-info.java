/// The benchmarks, one class each: what a row asks, how a solved one is shown, what its answer is worth. Knows no model.
@Door
@NullMarked
package dev.sartor.suite.task;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
