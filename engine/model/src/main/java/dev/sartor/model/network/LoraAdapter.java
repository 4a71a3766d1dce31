package dev.sartor.model.network;

import dev.sartor.core.SartorException;
import dev.sartor.model.Adapters;
import dev.sartor.model.Embedding;
import dev.sartor.model.Linear;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.tensor.Gradients;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import java.lang.foreign.ValueLayout;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Low-rank matrices that snap onto a network (Hu et al. 2021), with what else a PEFT adapter can hold: magnitudes (DoRA),
/// adapted tables, whole modules and biases. All of it is views of one flat tensor, so that an optimiser sees one array.
/// For the engine's thread.
public final class LoraAdapter implements Adapters, AutoCloseable {
    private final LoraLayout layout;
    private final Tensor flat;
    private final TensorScope owner = TensorScope.owner();
    private final SequencedMap<String, Tensor> pieces;
    private final Replacements replacements;
    private final Map<Linear, LoraLinear> layers = new LinkedHashMap<>();
    private final Map<Embedding, AdaptedTable> tables = new HashMap<>();
    private boolean trains;
    private boolean stale = true;

    private LoraAdapter(LoraLayout layout, Tensor flat) {
        this.layout = layout;
        this.flat = owner.adopt(flat);
        this.pieces = pieces(flat);
        this.replacements = new Replacements(layout.wholes(), pieces, owner);
        for (var linear : replacements.linears()) {
            layers.put(linear, replacedOnly(linear));
        }
        for (var slot : layout.slots()) {
            layers.put(slot.linear(), adapted(slot));
        }
        for (var slot : layout.tables()) {
            tables.put(slot.table(), adapted(slot));
        }
    }

    private LoraLinear replacedOnly(Linear linear) {
        return new LoraLinear(
                replacements.of(linear), List.of(), Optional.empty(), List.of(), List.of());
    }

    private LoraLinear adapted(LoraLayout.Slot slot) {
        Function<String, List<Tensor>> each =
                name -> slot.parts().stream().map(part -> piece(part.key(name))).toList();
        return new LoraLinear(
                replacements.of(slot.linear()),
                slot.parts(),
                Optional.of(owner.adopt(stackedA(slot, flat))),
                each.apply("lora_B.weight"),
                layout.settings().dora() ? each.apply("lora_magnitude_vector") : List.of());
    }

    private AdaptedTable adapted(LoraLayout.TableSlot slot) {
        return new AdaptedTable(
                replacements.of(slot.table()),
                piece(slot.key("lora_embedding_A")),
                piece(slot.key("lora_embedding_B")),
                slot.shape().scale(),
                layout.settings().dora()
                        ? Optional.of(piece(slot.key("lora_magnitude_vector")))
                        : Optional.empty());
    }

    /// As training begins, and as PEFT does it: A uniform within ±1/√in (Kaiming with a = √5), B zero; a table's A zero
    /// and its B normal; magnitudes and whole modules as the network has them. F32.
    public static LoraAdapter fresh(LoraLayout layout, RandomGenerator random) {
        var adapter = zero(layout, DType.F32);
        for (var slot : layout.slots()) {
            double bound = 1 / Math.sqrt(slot.linear().in());
            for (var part : slot.parts()) {
                fill(
                        adapter.piece(part.key("lora_A.weight")),
                        () -> random.nextDouble(-bound, bound));
            }
        }
        for (var slot : layout.tables()) {
            fill(adapter.piece(slot.key("lora_embedding_B")), random::nextGaussian);
        }
        for (var whole : layout.wholes()) {
            adapter.piece(whole.key()).copyFrom(whole.place().own());
        }
        adapter.replacements.refresh();
        adapter.layers.values().forEach(LoraLinear::resetMagnitudes);
        adapter.tables.values().forEach(AdaptedTable::resetMagnitudes);
        return adapter;
    }

    private static void fill(Tensor piece, DoubleSupplier values) {
        var memory = piece.memory();
        for (long i = 0; i < memory.byteSize() / Float.BYTES; i++) {
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) values.getAsDouble());
        }
    }

    /// All zeros, to be filled.
    public static LoraAdapter zero(LoraLayout layout, DType type) {
        return new LoraAdapter(layout, Tensors.zeros(type, layout.parameters()));
    }

    /// A copy that computes in the given type.
    public LoraAdapter copiedTo(DType type) {
        var copy = zero(layout, type);
        copy.flat.copyFrom(flat);
        return copy;
    }

    public LoraLayout layout() {
        return layout;
    }

    /// All parameters: [{@link LoraLayout#parameters}]. Ask for it anew whenever it is to be changed: what is derived
    /// from it is computed again afterwards.
    public Tensor flat() {
        stale = true;
        return flat;
    }

    /// Makes everything in it parameters whose gradients are added up in `gradient`, of the same shape and type as
    /// {@link #flat}.
    ///
    /// @throws SartorException a user's error where whole modules are parts of larger matrices
    public void trainWith(Tensor gradient) {
        if (replacements.copies()) {
            throw SartorException.user(
                    "modules_to_save names layers that this model computes together with others:"
                            + " adapt those by target_modules instead");
        }
        trains = true;
        var gradients = pieces(gradient);
        for (var slot : layout.slots()) {
            // The parts' A are computed as one: its gradient is theirs.
            var ofA = owner.adopt(stackedA(slot, gradient));
            Optional.ofNullable(layers.get(slot.linear())).orElseThrow().train(ofA);
        }
        pieces.forEach((key, piece) -> {
            if (!key.endsWith(".lora_A.weight")) {
                Gradients.requireGrad(piece, Optional.ofNullable(gradients.get(key)).orElseThrow());
            }
        });
    }

    @Override
    public Tensor linear(Linear linear, Tensor x) {
        refresh();
        var layer = layers.get(linear);
        return layer == null ? linear.product(x) : layer.forward(x);
    }

    /// Whether it changes what a table gives.
    boolean changes(Embedding table) {
        return tables.containsKey(table) || replacements.replace(table);
    }

    @Override
    public Tensor embedding(Embedding embedding, Tensor ids) {
        var table = tables.get(embedding);
        return table == null ? replacements.of(embedding).rows(ids) : table.rows(ids);
    }

    /// Computes again what is derived from the parameters, after they were changed.
    private void refresh() {
        if (!stale) {
            return;
        }
        replacements.refresh();
        layers.values().forEach(LoraLinear::forgetGain);
        if (!trains) {
            layers.values().forEach(layer -> layer.keepGain(owner));
        }
        stale = false;
    }

    /// What it has for a linear layer.
    public Optional<LoraLinear> layer(Linear linear) {
        refresh();
        return Optional.ofNullable(layers.get(linear));
    }

    /// Its tensors by PEFT's keys.
    public SequencedMap<String, Tensor> pieces() {
        stale = true;
        return Collections.unmodifiableSequencedMap(pieces);
    }

    private Tensor piece(String key) {
        return Optional.ofNullable(pieces.get(key)).orElseThrow();
    }

    private SequencedMap<String, Tensor> pieces(Tensor whole) {
        var views = layout.views(whole);
        views.values().forEach(owner::adopt);
        return views;
    }

    /// The A of all parts: [Σ rank, in]
    private static Tensor stackedA(LoraLayout.Slot slot, Tensor whole) {
        long in = slot.linear().in();
        return whole.slice(0, slot.offset(), slot.ranks() * in).view(slot.ranks(), in);
    }

    @Override
    public void close() {
        Engine.run(owner::close);
    }
}
