package dev.sartor.model.network;

import dev.sartor.model.Linear;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Gradients;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A linear layer with an adapter on: y = x·Wᵀ + b + scale·(x·Aᵀ)·Bᵀ; in DoRA y = (x·Wᵀ + scale·(x·Aᵀ)·Bᵀ)⊙g + b with the
/// gain g = m ÷ ‖W + scale·B·A‖, the norm over each output's row and, as in section 4.3 of its paper (Liu et al. 2024),
/// without a gradient.
public final class LoraLinear {
    private final Linear base;
    private final List<LoraLayout.Part> parts;
    private final Optional<Tensor> a;
    private final List<Tensor> b;
    private final List<Tensor> magnitudes;
    private Optional<Tensor> keptGain = Optional.empty();

    /// @param base the network's own layer, or one with parameters replaced
    /// @param a [Σ rank, in]; empty where only parameters are replaced
    /// @param b each part's [out, rank]
    /// @param magnitudes each part's [out] in DoRA, else none
    LoraLinear(
            Linear base,
            List<LoraLayout.Part> parts,
            Optional<Tensor> a,
            List<Tensor> b,
            List<Tensor> magnitudes) {
        this.base = base;
        this.parts = List.copyOf(parts);
        this.a = a;
        this.b = List.copyOf(b);
        this.magnitudes = List.copyOf(magnitudes);
    }

    public Linear base() {
        return base;
    }

    public List<LoraLayout.Part> parts() {
        return parts;
    }

    /// A part's rows of A.
    public Tensor a(int part) {
        int row = parts.stream().limit(part).mapToInt(LoraLayout.Part::rank).sum();
        return a.orElseThrow().slice(0, row, parts.get(part).rank());
    }

    /// All parts' A: [Σ rank, in].
    Tensor stackedA() {
        return a.orElseThrow();
    }

    /// Whether it is W + scale·B·A with the network's own W and nothing besides.
    boolean isLowRankAlone(Linear own) {
        return a.isPresent() && magnitudes.isEmpty() && base.equals(own);
    }

    public Tensor b(int part) {
        return b.get(part);
    }

    /// @param x [tokens, in]
    Tensor forward(Tensor x) {
        var y = base.product(x);
        if (a.isEmpty()) {
            return y;
        }
        var sum = plusLowRank(y, Tensors.linear(x, a.get(), Optional.empty()));
        return magnitudes.isEmpty() ? sum : scaled(sum);
    }

    /// @param inner x·Aᵀ of all parts: [tokens, Σ rank]
    private Tensor plusLowRank(Tensor y, Tensor inner) {
        boolean whole = parts.size() == base.parts().size();
        if (parts.size() == 1 && whole) {
            return Tensors.addMatmul(
                    y, inner, b.getFirst().transposed(0, 1), parts.getFirst().scale());
        }
        var deltas = new ArrayList<Tensor>();
        int column = 0;
        for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            var piece = inner.slice(1, column, part.rank()).times(part.scale());
            deltas.add(piece.matmul(b.get(i).transposed(0, 1)));
            column += part.rank();
        }
        if (whole) {
            return y.add(Tensors.concat(1, deltas));
        }
        for (int i = 0; i < parts.size(); i++) {
            y.slice(1, parts.get(i).row(), parts.get(i).out()).add(deltas.get(i));
        }
        return y;
    }

    /// (y − b)⊙g + b
    private Tensor scaled(Tensor y) {
        var gain = gain();
        var scaled = y.times(gain);
        return base.bias().isEmpty()
                ? scaled
                : scaled.plus(base.bias().get().times(gain.negated().plus(1)));
    }

    /// @param gradient receives A's gradient: [Σ rank, in]
    void train(Tensor gradient) {
        Gradients.requireGrad(a.orElseThrow(), gradient);
    }

    /// Sets the magnitudes to what changes nothing.
    void resetMagnitudes() {
        if (hasGain()) {
            var own = base.weight().dense();
            for (int i = 0; i < magnitudes.size(); i++) {
                magnitudes.get(i).copyFrom(norms(own, i));
            }
        }
    }

    /// Whether outputs are scaled.
    public boolean hasGain() {
        return !magnitudes.isEmpty();
    }

    /// What each output is multiplied by, 1 where no part is adapted: [out], in the type of the base.
    public Tensor gain() {
        return keptGain.orElseGet(this::computedGain);
    }

    /// Keeps the gain for as long as the matrices do not change.
    void keepGain(TensorScope owner) {
        if (hasGain() && keptGain.isEmpty()) {
            keptGain = Optional.of(owner.adopt(gain()));
        }
    }

    void forgetGain() {
        keptGain.ifPresent(Tensor::free);
        keptGain = Optional.empty();
    }

    private Tensor computedGain() {
        var type = base.weight().type();
        var own = base.weight().dense();
        var pieces = new ArrayList<Tensor>();
        int row = 0;
        for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            if (part.row() > row) {
                pieces.add(Tensors.full(1, type, part.row() - row));
            }
            var magnitude = magnitudes.get(i);
            pieces.add(Tensors.quotient(magnitude, norms(own, i).to(magnitude.type())).to(type));
            row = part.row() + part.out();
        }
        if (row < base.weight().out()) {
            pieces.add(Tensors.full(1, type, base.weight().out() - row));
        }
        return pieces.size() == 1 ? pieces.getFirst() : Tensors.concat(0, pieces);
    }

    /// ‖W + scale·B·A‖ of each of a part's outputs, in F32: [out].
    ///
    /// @param weight of all parts
    private Tensor norms(Tensor weight, int i) {
        var part = parts.get(i);
        try (var _ = Gradients.paused();
                var scope = TensorScope.open()) {
            var own = weight.slice(0, part.row(), part.out()).to(DType.F32);
            var up = b.get(i).detached().to(DType.F32);
            var adapted = Tensors.addMatmul(own, up, a(i).detached().to(DType.F32), part.scale());
            return scope.keep(adapted.times(adapted).sum(1).sqrt());
        }
    }
}
