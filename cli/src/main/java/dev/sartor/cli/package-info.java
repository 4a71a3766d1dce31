/// The commands, and the composition root.
@NullMarked
package dev.sartor.cli;

import org.jspecify.annotations.NullMarked;
