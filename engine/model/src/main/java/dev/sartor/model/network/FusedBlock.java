package dev.sartor.model.network;

import dev.sartor.model.Adapters;
import dev.sartor.model.BareNetwork;
import dev.sartor.model.Forward;
import dev.sartor.model.HeadShape;
import dev.sartor.model.Linear;
import dev.sartor.model.layer.DecoderBlock;
import dev.sartor.model.layer.DenseFeedForward;
import dev.sartor.model.layer.Norm;
import dev.sartor.model.layer.PreNormDecoderBlock;
import dev.sartor.model.layer.RmsNorm;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Gradients;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import dev.sartor.tensor.Tensors;
import dev.sartor.tensor.kernel.GateGradient;
import dev.sartor.tensor.kernel.NormGradient;
import dev.sartor.tensor.kernel.RopeGradient;
import java.util.Optional;

/// One block of Llama's form on the way forward and back. Products, norms, rope and gate go by hand, in few passes over
/// memory; attention is recorded. What is kept belongs to the block, which is closed once its gradient went through.
final class FusedBlock implements AutoCloseable {
    private final PreNormDecoderBlock block;
    private final int layer;
    private final Forward run;
    private final TensorScope kept = TensorScope.owner();
    private final FusedLoraLinear queryKeyValue;
    private final FusedLoraLinear output;
    private final FusedLoraLinear up;
    private final FusedLoraLinear down;
    private final Tensor input;
    private final Tensor inputScales;
    private final Tensor normed;
    private final Tensor leaf;
    private final Tensor recorded;
    private final Tensor attended;
    private final Tensor middle;
    private final Tensor middleScales;
    private final Tensor middleNormed;
    private final Tensor both;
    private final Tensor gated;
    private final Tensor result;

    /// Whether blocks, adapter and weights are of the form that goes by hand.
    static boolean suits(DecoderBlock block, Adapters adapters) {
        return block instanceof PreNormDecoderBlock sequential
                && isPlain(sequential.attentionNorm())
                && isPlain(sequential.feedForwardNorm())
                && sequential.feedForward() instanceof DenseFeedForward feedForward
                && feedForward.gated()
                && gate(feedForward).isPresent()
                && sequential.linears().stream().allMatch(linear -> suits(linear, adapters));
    }

    private static boolean isPlain(Norm norm) {
        return norm instanceof RmsNorm(var weight, _) && !Gradients.requiresGrad(weight);
    }

    private static boolean suits(Linear linear, Adapters adapters) {
        if (linear.bias().isPresent() && Gradients.requiresGrad(linear.bias().get())) {
            return false;
        }
        if (linear.weight().isFollowed()) {
            return false;
        }
        return adapters == BareNetwork.INSTANCE
                || (adapters instanceof LoraAdapter adapter
                        && adapter.layer(linear)
                                .map(layer -> layer.isLowRankAlone(linear))
                                .orElse(true));
    }

    private static Optional<GateGradient.Gate> gate(DenseFeedForward feedForward) {
        return switch (feedForward.activation()) {
            case SILU -> Optional.of(GateGradient.Gate.SILU);
            case GELU_TANH -> Optional.of(GateGradient.Gate.GELU_TANH);
            case GELU, QUICK_GELU, RELU, SQUARED_RELU, SIGMOID, TANH, LINEAR -> Optional.empty();
        };
    }

    /// Computes the block.
    ///
    /// @param input [tokens, width], contiguous
    FusedBlock(PreNormDecoderBlock block, int layer, Forward run, Tensor input) {
        this.block = block;
        this.layer = layer;
        this.run = run;
        var feedForward = (DenseFeedForward) block.feedForward();
        queryKeyValue = step(block.attention().queryKeyValue());
        output = step(block.attention().output());
        up = step(feedForward.up());
        down = step(feedForward.down());
        try (var _ = TensorScope.openFor(kept)) {
            this.input = input;
            inputScales = Tensors.empty(DType.F32, input.size(0));
            normed = forward(block.attentionNorm(), input, inputScales);
            leaf = Gradients.requireGrad(rotated(queryKeyValue.forward(normed)).detached());
            try (var _ = Gradients.recorded()) {
                recorded = attend(leaf);
            }
            attended = recorded.detached();
            middle = output.forward(attended).add(input);
            middleScales = Tensors.empty(DType.F32, input.size(0));
            middleNormed = forward(block.feedForwardNorm(), middle, middleScales);
            both = up.forward(middleNormed);
            gated = GateGradient.forward(gate(feedForward).orElseThrow(), both);
            result = down.forward(gated).add(middle);
        }
    }

    private FusedLoraLinear step(Linear linear) {
        return new FusedLoraLinear(
                linear,
                run.adapters() instanceof LoraAdapter adapter
                        ? adapter.layer(linear)
                        : Optional.empty());
    }

    private static Tensor forward(Norm norm, Tensor x, Tensor scales) {
        var plain = (RmsNorm) norm;
        return NormGradient.forward(x, plain.weight(), plain.epsilon(), scales);
    }

    /// Queries and keys turned in place, unless they are normalised before.
    private Tensor rotated(Tensor projected) {
        if (turnsByHand()) {
            turn(projected, false);
        }
        return projected;
    }

    private boolean turnsByHand() {
        var attention = block.attention();
        return attention.norm().isEmpty()
                && attention.rope().isPresent()
                && attention.shape().order() == HeadShape.Order.SIDE_BY_SIDE;
    }

    private void turn(Tensor projected, boolean back) {
        var attention = block.attention();
        var shape = attention.shape();
        var at = run.rotation(attention.rope().orElseThrow());
        RopeGradient.rotate(
                shape.split(projected).slice(1, 0, shape.heads() + shape.groups()),
                at.cosine(),
                at.sine(),
                back);
    }

    /// Of what is computed in between only that stays which the way back needs.
    private Tensor attend(Tensor projected) {
        var attention = block.attention();
        try (var scope = TensorScope.open()) {
            return scope.keep(
                    turnsByHand()
                            ? attention.attend(projected, layer, run)
                            : attention.normedTurnedAttended(projected, layer, run));
        }
    }

    Tensor result() {
        return result;
    }

    /// Adds the gradients of what is trained in the block.
    ///
    /// @param gradient with respect to the result, contiguous; it is changed
    /// @param goesOn whether something before the block is trained
    /// @return the gradient with respect to the input
    Tensor backward(Tensor gradient, boolean goesOn) {
        var feedForward = (DenseFeedForward) block.feedForward();
        try (var scope = TensorScope.open()) {
            var throughGate = down.backward(gated, gradient);
            var throughUp =
                    GateGradient.backward(gate(feedForward).orElseThrow(), both, throughGate);
            back(
                    block.feedForwardNorm(),
                    middle,
                    middleScales,
                    up.backward(middleNormed, throughUp),
                    gradient);
            Gradients.backward(recorded, output.backward(attended, gradient));
            var projected = Gradients.of(leaf).contiguous();
            if (turnsByHand()) {
                turn(projected, true);
            }
            if (goesOn) {
                back(
                        block.attentionNorm(),
                        input,
                        inputScales,
                        queryKeyValue.backward(normed, projected),
                        gradient);
            } else if (queryKeyValue.isAdapted()) {
                queryKeyValue.lowBackward(normed, projected);
            }
            return scope.keep(gradient);
        }
    }

    private static void back(Norm norm, Tensor x, Tensor scales, Tensor gradient, Tensor sum) {
        NormGradient.backward(x, ((RmsNorm) norm).weight(), scales, gradient, sum);
    }

    @Override
    public void close() {
        kept.close();
    }
}
