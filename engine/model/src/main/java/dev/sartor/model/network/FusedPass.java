package dev.sartor.model.network;

import dev.sartor.model.Adapters;
import dev.sartor.model.Forward;
import dev.sartor.model.Linear;
import dev.sartor.model.layer.DecoderBlock;
import dev.sartor.model.layer.Norm;
import dev.sartor.model.layer.PreNormDecoderBlock;
import dev.sartor.model.layer.RmsNorm;
import dev.sartor.tensor.Gradients;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.LongConsumer;

/// A pass through blocks of Llama's form with an adapter under training. Blocks below the lowest that is adapted are
/// computed forwards alone.
final class FusedPass implements RecordedPass {
    private final List<PreNormDecoderBlock> blocks;
    private final Norm norm;
    private final Forward run;
    private final Kept keeps;
    private final int lowest;
    private final List<FusedBlock> kept = new ArrayList<>();
    private final List<Tensor> inputs = new ArrayList<>();
    private final Tensor last;
    private final Tensor hidden;

    static boolean suits(List<DecoderBlock> blocks, Norm norm, Adapters adapters) {
        return norm instanceof RmsNorm
                && blocks.stream().allMatch(block -> FusedBlock.suits(block, adapters));
    }

    /// @param embedded the first block's input: [tokens, width]
    FusedPass(List<DecoderBlock> blocks, Norm norm, Forward run, Kept keeps, Tensor embedded) {
        this.blocks = blocks.stream().map(PreNormDecoderBlock.class::cast).toList();
        this.norm = norm;
        this.run = run;
        this.keeps = keeps;
        this.lowest = lowestAdapted();
        var states = embedded.contiguous();
        for (int i = 0; i < blocks.size(); i++) {
            states = i < lowest ? plain(i, states) : step(i, states);
        }
        last = states;
        hidden = norm.forward(last);
    }

    private int lowestAdapted() {
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).linears().stream().anyMatch(this::isAdapted)) {
                return i;
            }
        }
        return blocks.size();
    }

    private boolean isAdapted(Linear linear) {
        return run.adapters() instanceof LoraAdapter adapter && adapter.layer(linear).isPresent();
    }

    private Tensor plain(int layer, Tensor states) {
        try (var scope = TensorScope.open()) {
            return scope.keep(blocks.get(layer).forward(states, layer, run));
        }
    }

    private Tensor step(int layer, Tensor states) {
        var block = new FusedBlock(blocks.get(layer), layer, run, states);
        if (keeps == Kept.EVERYTHING) {
            kept.add(block);
            return block.result();
        }
        inputs.add(states);
        try (block) {
            return TensorScope.current().adopt(block.result());
        }
    }

    @Override
    public Tensor hidden() {
        return hidden;
    }

    @Override
    public void backward(Tensor gradient) {
        backward(gradient, _ -> {});
    }

    @Override
    public void backward(Tensor gradient, LongConsumer completeFrom) {
        var begins = begins();
        var flowing = throughNorm(gradient);
        for (int i = blocks.size() - 1; i >= lowest; i--) {
            try (var block = block(i)) {
                flowing = block.backward(flowing, i > lowest);
            }
            completeFrom.accept(begins.get(i));
        }
    }

    /// For each block, from which place of the adapter's flat array on nothing belongs to a block below it.
    private List<Long> begins() {
        var begins = new ArrayList<Long>();
        var below = new HashSet<Linear>();
        for (var block : blocks) {
            begins.add(
                    run.adapters() instanceof LoraAdapter adapter
                            ? adapter.layout().behind(below)
                            : 0L);
            below.addAll(block.linears());
        }
        return begins;
    }

    private FusedBlock block(int layer) {
        return keeps == Kept.EVERYTHING
                ? kept.get(layer - lowest)
                : new FusedBlock(blocks.get(layer), layer, run, inputs.get(layer - lowest));
    }

    private Tensor throughNorm(Tensor gradient) {
        try (var scope = TensorScope.open()) {
            var leaf = Gradients.requireGrad(last.detached());
            Tensor output;
            try (var _ = Gradients.recorded()) {
                output = norm.forward(leaf);
            }
            Gradients.backward(output, gradient);
            return scope.keep(Gradients.of(leaf).contiguous());
        }
    }
}
