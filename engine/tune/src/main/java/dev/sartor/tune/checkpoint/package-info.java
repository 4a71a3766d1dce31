/// Resumable state of a training, in files that are checked when they are read.
@NullMarked
package dev.sartor.tune.checkpoint;

import org.jspecify.annotations.NullMarked;
