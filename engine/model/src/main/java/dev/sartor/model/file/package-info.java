/// Whole models opened from files and written to files, kept weights, exports, and the check against transformers.
@Door
@NullMarked
package dev.sartor.model.file;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
