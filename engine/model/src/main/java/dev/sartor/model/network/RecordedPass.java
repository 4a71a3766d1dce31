package dev.sartor.model.network;

import dev.sartor.tensor.Tensor;
import java.util.function.LongConsumer;

/// One pass through a network on the way forward, kept so that gradients can flow back through it. For the engine's
/// thread; it belongs to the scope that was open when it was made.
public interface RecordedPass {
    /// What of a pass is kept for the way back.
    enum Kept {
        /// Everything that the way back needs.
        EVERYTHING,
        /// Each block's input; the rest is computed again (Chen et al. 2016, "Training deep nets with sublinear memory
        /// cost"): a third more work, a fraction of the memory.
        INPUTS
    }

    /// The last layer's normalised states, out of the graph: [tokens, width].
    Tensor hidden();

    /// Adds the gradients of all parameters that are followed. Once.
    ///
    /// @param gradient of the loss with respect to {@link #hidden}, of its shape and type
    void backward(Tensor gradient);

    /// The same, and tells of gradients that are complete before all are.
    ///
    /// @param completeFrom is told from which place of the adapter's flat array on nothing will be added any more, again and again
    ///     with lower places; never where libtorch's autograd computes the gradients, which says nothing of its order
    default void backward(Tensor gradient, LongConsumer completeFrom) {
        backward(gradient);
    }
}
