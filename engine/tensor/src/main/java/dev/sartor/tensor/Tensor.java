package dev.sartor.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// A libtorch tensor. Every operation runs on the engine's thread; each result belongs to the innermost open
/// {@link TensorScope}. Operations named by a verb (`add`, `fill`, `copyFrom`) change the tensor and return it; nouns and
/// participles (`plus`, `times`, `transposed`) leave it as it is. A dimension counts from 0, or from the end when
/// negative.
public final class Tensor {
    private final org.bytedeco.pytorch.Tensor raw;
    private @Nullable TensorScope owner;

    public Tensor(org.bytedeco.pytorch.Tensor raw) {
        this.raw = raw;
        TensorScope.current().adopt(this);
    }

    public org.bytedeco.pytorch.Tensor raw() {
        Engine.check();
        if (owner == null) {
            throw new IllegalStateException("the tensor is used after its scope was closed");
        }
        return raw;
    }

    void ownedBy(TensorScope scope) {
        owner = scope;
    }

    boolean isOwnedBy(TensorScope scope) {
        return owner == scope;
    }

    void freeIfOwnedBy(TensorScope scope) {
        if (owner == scope) {
            owner = null;
            raw.close();
        }
    }

    /// Frees it now, before its scope closes.
    public void free() {
        Engine.check();
        if (owner != null) {
            owner = null;
            raw.close();
        }
    }

    public long[] shape() {
        var shape = new long[rank()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = raw.size(i);
        }
        return shape;
    }

    public int rank() {
        return (int) raw().dim();
    }

    public long size(int dimension) {
        return raw().size(dimension);
    }

    /// The number of elements.
    public long count() {
        return raw().numel();
    }

    public DType type() {
        return DType.of(raw().scalar_type());
    }

    /// The elements' memory, valid while the tensor lives. The tensor must be contiguous.
    @SuppressWarnings("restricted")
    public MemorySegment memory() {
        if (!raw().is_contiguous()) {
            throw new IllegalStateException("only a contiguous tensor shows its memory");
        }
        try (var data = raw.data_ptr()) {
            return MemorySegment.ofAddress(data.address()).reinterpret(raw.nbytes());
        }
    }

    /// Where the first element stands, for kernels that read native memory; valid while the tensor lives.
    public long address() {
        try (var data = raw().data_ptr()) {
            return data.address();
        }
    }

    /// All elements, row-major.
    public float[] toFloats() {
        try (var _ = TensorScope.open()) {
            var values = new float[Math.toIntExact(count())];
            var dense = detached().to(DType.F32).contiguous();
            MemorySegment.copy(dense.memory(), ValueLayout.JAVA_FLOAT, 0, values, 0, values.length);
            return values;
        }
    }

    /// All elements, row-major.
    public long[] toLongs() {
        try (var _ = TensorScope.open()) {
            var values = new long[Math.toIntExact(count())];
            var dense = to(DType.I64).contiguous();
            MemorySegment.copy(dense.memory(), ValueLayout.JAVA_LONG, 0, values, 0, values.length);
            return values;
        }
    }

    /// The only element.
    public double item() {
        return raw().item_double();
    }

    // Shape: the same memory seen otherwise, where not said that it is copied.

    public Tensor view(long... shape) {
        return made(raw().view(shape));
    }

    /// Copies where the memory cannot be seen in that shape.
    public Tensor reshaped(long... shape) {
        return made(raw().reshape(shape));
    }

    public Tensor transposed(int one, int other) {
        return made(raw().transpose(one, other));
    }

    public Tensor permuted(long... dimensions) {
        return made(raw().permute(dimensions));
    }

    /// `length` entries of a dimension, from `start`.
    public Tensor slice(int dimension, long start, long length) {
        return made(raw().narrow(dimension, start, length));
    }

    /// One entry of a dimension, which is gone from the result.
    public Tensor at(int dimension, long index) {
        return made(raw().select(dimension, index));
    }

    public Tensor withDimension(int dimension) {
        return made(raw().unsqueeze(dimension));
    }

    public Tensor expanded(long... shape) {
        return made(raw().expand(shape));
    }

    /// Itself when contiguous, else a copy.
    public Tensor contiguous() {
        return made(raw().contiguous());
    }

    public Tensor copy() {
        return made(raw().clone());
    }

    /// Itself when of that type, else a copy.
    public Tensor to(DType type) {
        return made(raw().to(type.raw()));
    }

    /// A quantised tensor's values: F32.
    Tensor dequantised() {
        return made(raw().dequantize());
    }

    // Arithmetic.

    public Tensor plus(Tensor other) {
        return made(raw().add(other.raw()));
    }

    public Tensor times(Tensor other) {
        return made(raw().mul(other.raw()));
    }

    public Tensor times(double factor) {
        try (var scalar = new Scalar(factor)) {
            return made(raw().mul(scalar));
        }
    }

    public Tensor plus(double summand) {
        try (var scalar = new Scalar(summand)) {
            return made(raw().add(scalar));
        }
    }

    public Tensor add(Tensor other) {
        raw().add_(other.raw());
        return this;
    }

    /// Adds factor·other.
    public Tensor add(Tensor other, double factor) {
        try (var scalar = new Scalar(factor)) {
            raw().add_(other.raw(), scalar);
            return this;
        }
    }

    public Tensor multiply(Tensor other) {
        raw().mul_(other.raw());
        return this;
    }

    public Tensor multiply(double factor) {
        try (var scalar = new Scalar(factor)) {
            raw().mul_(scalar);
            return this;
        }
    }

    /// Adds factor·a·b, elementwise.
    public Tensor addProduct(Tensor a, Tensor b, double factor) {
        try (var scalar = new Scalar(factor)) {
            raw().addcmul_(a.raw(), b.raw(), scalar);
            return this;
        }
    }

    /// Adds a·b of two matrices; a slice of another tensor does, too.
    public Tensor addMatmul(Tensor a, Tensor b) {
        raw().addmm_(a.raw(), b.raw());
        return this;
    }

    /// Adds factor·a/b, elementwise.
    public Tensor addQuotient(Tensor a, Tensor b, double factor) {
        try (var scalar = new Scalar(factor)) {
            raw().addcdiv_(a.raw(), b.raw(), scalar);
            return this;
        }
    }

    public Tensor fill(double value) {
        try (var scalar = new Scalar(value)) {
            raw().fill_(scalar);
            return this;
        }
    }

    /// Takes over the other's elements, converted and broadcast.
    public Tensor copyFrom(Tensor other) {
        raw().copy_(other.raw());
        return this;
    }

    public Tensor matmul(Tensor other) {
        return made(torch.matmul(raw(), other.raw()));
    }

    /// Batched product of [batch, rows, inner] and [batch, inner, columns].
    public Tensor batchMatmul(Tensor other) {
        return made(torch.bmm(raw(), other.raw()));
    }

    public Tensor negated() {
        return made(raw().neg());
    }

    public Tensor sqrt() {
        return made(raw().sqrt());
    }

    public Tensor exp() {
        return made(raw().exp());
    }

    public Tensor log() {
        return made(raw().log());
    }

    public Tensor cos() {
        return made(raw().cos());
    }

    public Tensor sin() {
        return made(raw().sin());
    }

    public Tensor silu() {
        return made(torch.silu(raw()));
    }

    /// The exact form, x·Φ(x).
    public Tensor gelu() {
        return made(torch.gelu(raw()));
    }

    /// The approximation by a hyperbolic tangent (Hendrycks & Gimpel 2016, section 2).
    public Tensor geluTanh() {
        return made(torch.gelu(raw(), "tanh"));
    }

    public Tensor relu() {
        return made(torch.relu(raw()));
    }

    public Tensor tanh() {
        return made(torch.tanh(raw()));
    }

    public Tensor sigmoid() {
        return made(torch.sigmoid(raw()));
    }

    public Tensor softmax(int dimension) {
        return made(torch.softmax(raw(), dimension));
    }

    public Tensor logSoftmax(int dimension) {
        return made(torch.log_softmax(raw(), dimension));
    }

    // Reductions and look-ups.

    public Tensor sum() {
        return made(raw().sum());
    }

    public Tensor sum(int dimension) {
        return made(raw().sum(dimension));
    }

    /// The Euclidean norm of all elements.
    public Tensor norm() {
        return made(raw().norm());
    }

    /// The largest along a dimension.
    public Tensor max(int dimension) {
        return made(raw().amax(new long[] {dimension}, false));
    }

    /// Where the largest along a dimension stands: int64.
    public Tensor argmax(int dimension) {
        try (var at = new LongOptional(dimension)) {
            return made(raw().argmax(at, false));
        }
    }

    /// Entries of a dimension, in the order of the indices (int64, one-dimensional).
    public Tensor selected(int dimension, Tensor indices) {
        return made(raw().index_select(dimension, indices.raw()));
    }

    /// out[i][j] = this[i][index[i][j]] for dimension 1, and so on.
    public Tensor gathered(int dimension, Tensor index) {
        return made(raw().gather(dimension, index.raw()));
    }

    public Tensor scatterAdd(int dimension, Tensor index, Tensor source) {
        raw().scatter_add_(dimension, index.raw(), source.raw());
        return this;
    }

    /// Writes the source's entries to the places of a dimension that the indices name.
    public Tensor copyAt(int dimension, Tensor indices, Tensor source) {
        raw().index_copy_(dimension, indices.raw(), source.raw());
        return this;
    }

    // Gradients.

    /// The same values, out of the recorded graph.
    public Tensor detached() {
        return made(raw().detach());
    }

    @Override
    public String toString() {
        return owner == null
                ? "Tensor(freed)"
                : "Tensor(" + type() + Arrays.toString(shape()) + ")";
    }

    private static Tensor made(org.bytedeco.pytorch.Tensor result) {
        return new Tensor(result);
    }
}
