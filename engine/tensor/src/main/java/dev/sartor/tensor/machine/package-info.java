/// What the process may take of the machine's memory and does take. Needs no libtorch.
@Door
@NullMarked
package dev.sartor.tensor.machine;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
