/// The files that hold a benchmark's rows, and single rows with what is wrong with them. What a row means to a task is in
/// `suite.task`.
@Door
@NullMarked
package dev.sartor.suite.file;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
