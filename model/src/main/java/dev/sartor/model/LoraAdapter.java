package dev.sartor.model;

import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;

/// Low-rank matrices that snap onto a network: y = x·Wᵀ becomes y + scale·(x·Aᵀ)·Bᵀ (Hu et al. 2021). All of them are
/// views of one flat tensor, so that an optimiser sees one array. For the engine's thread.
public final class LoraAdapter implements Adapters, AutoCloseable {
    /// @param a [Σ rank, in]
    /// @param b each part's [out, rank]
    record LowRank(LoraLayout.Slot slot, Tensor a, List<Tensor> b) {}

    private final LoraLayout layout;
    private final Tensor flat;
    private final TensorScope owner = TensorScope.owner();
    private final SequencedMap<Linear, LowRank> layers = new LinkedHashMap<>();

    private LoraAdapter(LoraLayout layout, Tensor flat) {
        this.layout = layout;
        this.flat = owner.adopt(flat);
        for (var slot : layout.slots()) {
            layers.put(slot.linear(), views(slot, flat));
        }
    }

    /// As training begins: A uniform within ±1/√in (Kaiming with a = √5, as PEFT does), B zero; F32.
    public static LoraAdapter fresh(LoraLayout layout, RandomGenerator random) {
        var adapter = zero(layout, DType.F32);
        for (var layer : adapter.layers.values()) {
            var memory = layer.a().memory();
            double bound = 1 / Math.sqrt(layer.slot().linear().in());
            for (long i = 0; i < memory.byteSize() / Float.BYTES; i++) {
                memory.setAtIndex(
                        ValueLayout.JAVA_FLOAT, i, (float) random.nextDouble(-bound, bound));
            }
        }
        return adapter;
    }

    /// Changes nothing, until it is filled.
    public static LoraAdapter zero(LoraLayout layout, DType type) {
        return new LoraAdapter(layout, Tensors.zeros(type, layout.parameters()));
    }

    /// A copy that computes in the given type.
    public LoraAdapter copiedTo(DType type) {
        var copy = zero(layout, type);
        copy.flat.copyFrom(flat);
        return copy;
    }

    /// What it has for a linear layer.
    Optional<LowRank> layer(Linear linear) {
        return Optional.ofNullable(layers.get(linear));
    }

    public LoraLayout layout() {
        return layout;
    }

    /// All parameters: [{@link LoraLayout#parameters}].
    public Tensor flat() {
        return flat;
    }

    /// Makes the matrices parameters whose gradients are added up in `gradient`, of the same shape and type as
    /// {@link #flat}.
    public void trainWith(Tensor gradient) {
        for (var layer : layers.values()) {
            var gradients = views(layer.slot(), gradient);
            layer.a().trainable(gradients.a());
            for (int i = 0; i < layer.b().size(); i++) {
                layer.b().get(i).trainable(gradients.b().get(i));
            }
        }
    }

    @Override
    public Tensor embedding(Embedding embedding, Tensor ids) {
        return embedding.rows(ids);
    }

    @Override
    public Tensor linear(Linear linear, Tensor x) {
        var y = linear.product(x);
        var layer = layers.get(linear);
        return layer == null ? y : sum(y, x, layer);
    }

    /// y + what the layer's matrices make of x; y may be changed.
    private static Tensor sum(Tensor y, Tensor x, LowRank layer) {
        var parts = layer.slot().parts();
        var inner = Tensors.linear(x, layer.a(), Optional.empty());
        if (parts.size() == 1 && layer.slot().isWhole()) {
            return Tensors.addMatmul(
                    y, inner, layer.b().getFirst().transposed(0, 1), parts.getFirst().scale());
        }
        var deltas = new ArrayList<Tensor>();
        int column = 0;
        for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            var piece = inner.slice(1, column, part.rank()).times(part.scale());
            deltas.add(piece.matmul(layer.b().get(i).transposed(0, 1)));
            column += part.rank();
        }
        if (layer.slot().isWhole()) {
            return y.add(Tensors.concat(1, deltas));
        }
        for (int i = 0; i < parts.size(); i++) {
            y.slice(1, parts.get(i).row(), parts.get(i).out()).add(deltas.get(i));
        }
        return y;
    }

    /// A part's A [rank, in] and B [out, rank], by module path.
    Map<String, List<Tensor>> matrices() {
        var matrices = new HashMap<String, List<Tensor>>();
        for (var layer : layers.values()) {
            int row = 0;
            for (int i = 0; i < layer.b().size(); i++) {
                var part = layer.slot().parts().get(i);
                matrices.put(
                        part.module(),
                        List.of(layer.a().slice(0, row, part.rank()), layer.b().get(i)));
                row += part.rank();
            }
        }
        return matrices;
    }

    private LowRank views(LoraLayout.Slot slot, Tensor whole) {
        long at = slot.offset();
        var a = view(whole, at, slot.ranks(), slot.linear().in());
        at += a.count();
        var b = new ArrayList<Tensor>();
        for (var part : slot.parts()) {
            b.add(view(whole, at, part.out(), part.rank()));
            at += b.getLast().count();
        }
        return new LowRank(slot, a, b);
    }

    private Tensor view(Tensor whole, long at, long rows, long columns) {
        return owner.adopt(whole.slice(0, at, rows * columns).view(rows, columns));
    }

    @Override
    public void close() {
        Engine.run(owner::close);
    }
}
