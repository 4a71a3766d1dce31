package dev.sartor.tensor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Owns the tensors made while it is open, and frees them when it closes; nothing waits for the garbage collector.
/// Scopes nest. For use on the engine's thread only.
///
/// ```java
/// try (var scope = TensorScope.open()) {
///     return scope.keep(x.matmul(w).plus(b)); // the product is freed here, the sum moves to the enclosing scope
/// }
/// ```
public final class TensorScope implements AutoCloseable {
    private static @Nullable TensorScope current;

    private final @Nullable TensorScope enclosing;
    private final boolean stacked;
    private @Nullable TensorScope heir;
    private final List<Tensor> owned = new ArrayList<>();
    private final List<Matrix> matrices = new ArrayList<>();

    private TensorScope(@Nullable TensorScope enclosing, boolean stacked) {
        this.enclosing = enclosing;
        this.stacked = stacked;
    }

    /// A scope for what is made from now until it closes.
    public static TensorScope open() {
        Engine.check();
        var opened = new TensorScope(current, true);
        current = opened;
        return opened;
    }

    /// A scope that, when it closes, hands what was made in it to an owner.
    public static TensorScope openFor(TensorScope owner) {
        var opened = new TensorScope(current, true);
        opened.heir = owner;
        current = opened;
        return opened;
    }

    /// An owner that stands apart from the nesting, such as a model for its weights: it holds what is given to it by
    /// {@link #adopt}.
    public static TensorScope owner() {
        return new TensorScope(null, false);
    }

    /// Moves the tensor to the enclosing scope, so that it outlives this one.
    public Tensor keep(Tensor tensor) {
        if (enclosing == null) {
            throw new IllegalStateException("there is no enclosing scope to keep the tensor");
        }
        return enclosing.adopt(tensor);
    }

    /// Moves the tensor from its scope to this one.
    public Tensor adopt(Tensor tensor) {
        Engine.check();
        tensor.ownedBy(this);
        owned.add(tensor);
        return tensor;
    }

    /// Closes the matrix with this scope.
    public Matrix adopt(Matrix matrix) {
        Engine.check();
        matrices.add(matrix);
        return matrix;
    }

    /// The innermost open scope, which owns whatever is made now.
    public static TensorScope current() {
        Engine.check();
        if (current == null) {
            throw new IllegalStateException(
                    "a tensor is made outside every TensorScope: nobody would free it");
        }
        return current;
    }

    @Override
    public void close() {
        Engine.check();
        if (stacked) {
            if (current != this) {
                throw new IllegalStateException(
                        "tensor scopes are closed in the order opposite to their opening");
            }
            current = enclosing;
        }
        for (var tensor : owned) {
            if (heir != null && tensor.isOwnedBy(this)) {
                heir.adopt(tensor);
            }
            tensor.freeIfOwnedBy(this);
        }
        owned.clear();
        matrices.forEach(Matrix::close);
        matrices.clear();
    }
}
