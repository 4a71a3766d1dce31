/// Tensors over libtorch: scopes that own native memory, dtypes, quantised matrices, and the engine's one thread.
@NullMarked
package dev.sartor.tensor;

import org.jspecify.annotations.NullMarked;
