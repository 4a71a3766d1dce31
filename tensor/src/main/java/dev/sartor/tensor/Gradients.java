package dev.sartor.tensor;

import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/// While open, operations on tensors that require gradients are recorded. Closed, as the engine starts, nothing is.
public final class Gradients implements AutoCloseable {
    private final boolean before;

    private Gradients(boolean record) {
        Engine.check();
        before = GradMode.is_enabled();
        GradMode.set_enabled(record);
    }

    public static Gradients recorded() {
        return new Gradients(true);
    }

    public static Gradients paused() {
        return new Gradients(false);
    }

    /// Runs the recorded graph backwards from a tensor, with its gradient given.
    public static void flow(Tensor from, Tensor gradient) {
        try (var keep = new BoolOptional();
                var inputs = new TensorArrayRefOptional()) {
            from.raw().backward(gradient.raw(), keep, false, inputs);
        }
    }

    @Override
    public void close() {
        GradMode.set_enabled(before);
    }
}
