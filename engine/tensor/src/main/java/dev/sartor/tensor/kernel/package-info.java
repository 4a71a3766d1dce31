/// Arithmetic in Java beside libtorch's operators: paged attention, the fused backward pass of norms, ropes and gates,
/// low-rank products, 8-bit optimiser states. Whole layers are in the room `model`.
@Door
@NullMarked
package dev.sartor.tensor.kernel;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
