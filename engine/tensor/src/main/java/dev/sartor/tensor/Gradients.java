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
    public static void backward(Tensor from, Tensor gradient) {
        try (var keep = new BoolOptional();
                var inputs = new TensorArrayRefOptional()) {
            from.raw().backward(gradient.raw(), keep, false, inputs);
        }
    }

    /// Makes this leaf a parameter: its gradient is made when the first one reaches it, and added to from then on.
    public static Tensor requireGrad(Tensor leaf) {
        leaf.raw().set_requires_grad(true);
        return leaf;
    }

    /// Makes this leaf a parameter whose gradients are added up in `gradient` (same shape and type).
    public static void requireGrad(Tensor leaf, Tensor gradient) {
        leaf.raw().set_requires_grad(true);
        leaf.raw().mutable_grad().put(gradient.raw());
    }

    /// The leaf is no parameter any more, and its gradient is freed.
    public static void forgetGrad(Tensor leaf) {
        leaf.raw().set_requires_grad(false);
        leaf.raw().mutable_grad().reset();
    }

    /// Whether gradients flow into it.
    public static boolean requiresGrad(Tensor tensor) {
        return tensor.raw().requires_grad();
    }

    /// The gradient of a parameter. Asked for before any reached it, an error.
    public static Tensor of(Tensor leaf) {
        var gradient = new org.bytedeco.pytorch.Tensor(leaf.raw().mutable_grad());
        if (!gradient.defined()) {
            throw new IllegalStateException("no gradient reached " + leaf);
        }
        return new Tensor(gradient);
    }

    @Override
    public void close() {
        GradMode.set_enabled(before);
    }
}
