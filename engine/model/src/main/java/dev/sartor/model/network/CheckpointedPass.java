package dev.sartor.model.network;

import dev.sartor.tensor.Gradients;
import dev.sartor.tensor.Tensor;
import dev.sartor.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// A pass of which each stage's input is kept. On the way back a stage is computed again, recorded, and the gradient goes
/// through it.
final class CheckpointedPass implements RecordedPass {
    private final Supplier<Tensor> first;
    private final List<UnaryOperator<Tensor>> stages;
    private final List<Tensor> inputs = new ArrayList<>();
    private final Tensor hidden;

    /// @param first makes the first stage's input
    /// @param stages each from [tokens, width] to the same shape
    CheckpointedPass(Supplier<Tensor> first, List<UnaryOperator<Tensor>> stages) {
        this.first = first;
        this.stages = List.copyOf(stages);
        try (var _ = Gradients.paused()) {
            var states = first.get();
            for (var stage : stages) {
                inputs.add(states);
                try (var scope = TensorScope.open()) {
                    states = scope.keep(stage.apply(states));
                }
            }
            hidden = states;
        }
    }

    @Override
    public Tensor hidden() {
        return hidden;
    }

    @Override
    public void backward(Tensor gradient) {
        var flowing = gradient;
        for (int i = stages.size() - 1; i >= 0; i--) {
            try (var scope = TensorScope.open()) {
                var input = Gradients.requireGrad(inputs.get(i).detached());
                Tensor output;
                try (var _ = Gradients.recorded()) {
                    output = stages.get(i).apply(input);
                }
                Gradients.backward(output, flowing);
                flowing = scope.keep(Gradients.of(input));
                inputs.get(i).free();
            }
        }
        try (var _ = Gradients.recorded()) {
            var embedded = first.get();
            if (Gradients.requiresGrad(embedded)) {
                Gradients.backward(embedded, flowing);
            }
        }
    }
}
