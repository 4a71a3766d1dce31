/// Tensors of libtorch on the engine's one thread, who owns their memory, and the matrices and tables that weights
/// become. The only room that touches libtorch; models know tensors alone.
@NullMarked
package dev.sartor.tensor;

import org.jspecify.annotations.NullMarked;
